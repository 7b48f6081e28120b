import type { Book, Chart } from '../sheet.ts';
import { chartXml } from './chart-xml.ts';
import type { Parts } from './parts.ts';

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const DRAWING = 'application/vnd.openxmlformats-officedocument.drawing+xml';
const CHART = 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml';
const HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * Adds the charts of a book to its package: for each sheet that has some, a drawing, its charts, and what leads there.
 * exceljs writes no drawings for these sheets, so that all of it is new but a line in the sheet and in the list of types.
 */
export function addCharts(parts: Parts, { sheets }: Book): void {
  let charts = 0;
  let drawings = 0;
  for (const [index, sheet] of sheets.entries()) {
    if (sheet.layout !== 'free' || !sheet.charts?.length) continue;
    drawings += 1;
    const first = charts + 1;
    for (const chart of sheet.charts) {
      charts += 1;
      addPart(parts, `xl/charts/chart${charts}.xml`, CHART, chartXml(chart));
    }
    addPart(parts, `xl/drawings/drawing${drawings}.xml`, DRAWING, drawingXml(sheet.charts));
    relate(
      parts,
      `xl/drawings/_rels/drawing${drawings}.xml.rels`,
      sheet.charts.map((_chart, at) => ({
        id: `rId${at + 1}`,
        type: `${OFFICE}/chart`,
        target: `../charts/chart${first + at}.xml`,
      })),
    );
    const name = `sheet${index + 1}.xml`;
    const relations = `xl/worksheets/_rels/${name}.rels`;
    if (parts.has(relations)) throw new TypeError(`${relations} is there already`);
    relate(parts, relations, [
      { id: 'rIdDrawing', type: `${OFFICE}/drawing`, target: `../drawings/drawing${drawings}.xml` },
    ]);
    edit(parts, `xl/worksheets/${name}`, '</worksheet>', '<drawing r:id="rIdDrawing"/></worksheet>');
  }
}

function drawingXml(charts: readonly Chart[]): string {
  const anchors = charts.map(({ place, title }, at) => {
    const corner = (name: string, column: number, row: number): string =>
      `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
    return (
      `<xdr:twoCellAnchor>${corner('from', place.column, place.row)}${corner('to', place.toColumn, place.toRow)}` +
      `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${at + 2}" name="${attribute(title)}" descr="${attribute(title)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>` +
      '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>' +
      '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">' +
      `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId${at + 1}"/>` +
      '</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>'
    );
  });
  return (
    `${HEADER}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${OFFICE}">` +
    `${anchors.join('')}</xdr:wsDr>`
  );
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

function addPart(parts: Parts, name: string, type: string, xml: string): void {
  parts.set(name, Buffer.from(xml));
  edit(
    parts,
    '[Content_Types].xml',
    '</Types>',
    `<Override PartName="/${name}" ContentType="${type}"/></Types>`,
  );
}

function relate(
  parts: Parts,
  name: string,
  relations: readonly { id: string; type: string; target: string }[],
): void {
  const list = relations.map(
    ({ id, type, target }) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`,
  );
  parts.set(
    name,
    Buffer.from(`${HEADER}<Relationships xmlns="${RELATIONS}">${list.join('')}</Relationships>`),
  );
}

/** Puts something in the place of the last of what is there once or more. */
function edit(parts: Parts, name: string, there: string, instead: string): void {
  const text = parts.get(name)?.toString('utf8') ?? '';
  const at = text.lastIndexOf(there);
  if (at < 0) throw new TypeError(`${name} has no ${there}`);
  parts.set(name, Buffer.from(text.slice(0, at) + instead + text.slice(at + there.length)));
}
