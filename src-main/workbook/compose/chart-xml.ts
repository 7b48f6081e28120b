import type { Chart, ChartRange } from '../sheet.ts';
import { escaped, textXml } from './cell-xml.ts';

/** The same font as in the cells (styles.ts); in a chart every script names its own. */
const FONT = '맑은 고딕';
const QUIET = '5E6B65';
const GRID = 'E4DFD3';
const [CATEGORIES, VALUES] = [1, 2];

/**
 * A chart as a part of a package (ECMA-376, part 1, 21.2): drawn from its ranges, with their values beside them for
 * readers that do not calculate. The order of the elements is the schema's.
 */
export function chartXml(chart: Chart): string {
  const lying = chart.kind === 'bars' || chart.kind === 'stacked';
  const series = chart.series.map((one, at) => seriesXml(chart, one, at)).join('');
  const axes = `<c:axId val="${CATEGORIES}"/><c:axId val="${VALUES}"/>`;
  const drawn =
    chart.kind === 'line'
      ? `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series}<c:marker val="1"/>${axes}</c:lineChart>`
      : `<c:barChart><c:barDir val="${lying ? 'bar' : 'col'}"/><c:grouping val="${
          chart.kind === 'stacked' ? 'percentStacked' : 'clustered'
        }"/><c:varyColors val="0"/>${series}<c:gapWidth val="${chart.kind === 'stacked' ? 40 : 60}"/>${
          chart.kind === 'stacked' ? '<c:overlap val="100"/>' : ''
        }${axes}</c:barChart>`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">' +
    '<c:date1904 val="0"/><c:lang val="ko-KR"/><c:roundedCorners val="0"/>' +
    `<c:chart>${titleXml(chart.title, 1300, true)}<c:autoTitleDeleted val="0"/>` +
    `<c:plotArea><c:layout/>${drawn}${categoryAxis(lying)}${valueAxis(lying, chart)}</c:plotArea>` +
    (chart.series.length > 1
      ? `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${textLook(900)}</c:legend>`
      : '') +
    '<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>' +
    '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>' +
    `${textLook(900)}</c:chartSpace>`
  );
}

function seriesXml(chart: Chart, { name, values, color }: Chart['series'][number], at: number): string {
  const line = chart.kind === 'line';
  const look = line
    ? `<c:spPr><a:ln w="28575" cap="rnd"><a:solidFill><a:srgbClr val="${color}"/></a:solidFill><a:round/></a:ln></c:spPr>` +
      `<c:marker><c:symbol val="circle"/><c:size val="5"/><c:spPr><a:solidFill><a:srgbClr val="${color}"/></a:solidFill></c:spPr></c:marker>`
    : `<c:spPr><a:solidFill><a:srgbClr val="${color}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>`;
  return (
    `<c:ser><c:idx val="${at}"/><c:order val="${at}"/><c:tx><c:v>${textXml(name)}</c:v></c:tx>${look}` +
    `<c:cat><c:strRef>${cacheXml(chart.categories, 'str')}</c:strRef></c:cat>` +
    `<c:val><c:numRef>${cacheXml(values, 'num')}</c:numRef></c:val>${line ? '<c:smooth val="0"/>' : ''}</c:ser>`
  );
}

function cacheXml({ range, values }: ChartRange, kind: 'str' | 'num'): string {
  const points = values.map((value, at) => {
    if (value === null || (kind === 'num' && typeof value !== 'number')) return '';
    return `<c:pt idx="${at}"><c:v>${textXml(String(value))}</c:v></c:pt>`;
  });
  const format = kind === 'num' ? '<c:formatCode>#,##0</c:formatCode>' : '';
  return (
    `<c:f>${escaped(range)}</c:f><c:${kind}Cache>${format}<c:ptCount val="${values.length}"/>` +
    `${points.join('')}</c:${kind}Cache>`
  );
}

/** Lying bars are read from above, so their axis runs the other way. */
function categoryAxis(lying: boolean): string {
  return (
    `<c:catAx><c:axId val="${CATEGORIES}"/><c:scaling><c:orientation val="${lying ? 'maxMin' : 'minMax'}"/></c:scaling>` +
    `<c:delete val="0"/><c:axPos val="${lying ? 'l' : 'b'}"/><c:numFmt formatCode="General" sourceLinked="0"/>` +
    '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>' +
    `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="${QUIET}"/></a:solidFill></a:ln></c:spPr>${textLook(900)}` +
    `<c:crossAx val="${VALUES}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`
  );
}

function valueAxis(lying: boolean, { kind, unit }: Chart): string {
  const format = kind === 'stacked' ? '0%' : '#,##0';
  return (
    `<c:valAx><c:axId val="${VALUES}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/>` +
    `<c:axPos val="${lying ? 'b' : 'l'}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="${GRID}"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>` +
    `${titleXml(unit, 900, false)}<c:numFmt formatCode="${format}" sourceLinked="0"/>` +
    '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>' +
    `<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${textLook(900)}` +
    `<c:crossAx val="${CATEGORIES}"/><c:crosses val="${lying ? 'max' : 'autoZero'}"/><c:crossBetween val="between"/></c:valAx>`
  );
}

function titleXml(text: string, size: number, bold: boolean): string {
  return (
    `<c:title><c:tx><c:rich><a:bodyPr${bold ? '' : ' rot="0" vert="horz"'}/><a:p><a:pPr>${look('defRPr', size, bold)}</a:pPr>` +
    `<a:r>${look('rPr', size, bold)}<a:t>${textXml(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`
  );
}

function textLook(size: number): string {
  return `<c:txPr><a:bodyPr/><a:p><a:pPr>${look('defRPr', size, false)}</a:pPr><a:endParaRPr lang="ko-KR"/></a:p></c:txPr>`;
}

function look(element: 'defRPr' | 'rPr', size: number, bold: boolean): string {
  const language = element === 'rPr' ? ' lang="ko-KR"' : '';
  return (
    `<a:${element}${language} sz="${size}" b="${bold ? 1 : 0}"><a:solidFill><a:srgbClr val="${bold ? '22302B' : QUIET}"/></a:solidFill>` +
    `<a:latin typeface="${FONT}"/><a:ea typeface="${FONT}"/></a:${element}>`
  );
}
