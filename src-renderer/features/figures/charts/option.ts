import type { EChartsCoreOption } from 'echarts/core';
import type { Chart, Column, Row } from './series.ts';

/** What an option needs besides the rows: words, numbers in the language on screen, colours of the theme. */
export interface Surroundings {
  readonly nameOf: (column: string) => string;
  readonly number: (value: number) => string;
  readonly color: (token: string) => string;
  readonly font: string;
  /** What the chart shows, for those who do not see it. */
  readonly description: string;
}

/** A row of lying bars. */
const BAR_ROW = 30;
const AXIS = 44;

/** In pixels: lying bars need room for each name. */
export function heightOf({ kind, drawn, columns }: Chart): number {
  if (kind === 'stacked') return drawn.length * 52 + AXIS;
  if (kind !== 'bars') return 260;
  const bars = columns.filter(({ paint }) => paint).length;
  return drawn.length * (BAR_ROW + (bars - 1) * 12) + AXIS;
}

/** The chart for ECharts. No motion: what changes is another answer, not the same one moving. */
export function optionOf(chart: Chart, around: Surroundings): EChartsCoreOption {
  const { kind, drawn } = chart;
  const { color, font } = around;
  const lies = kind === 'bars' || kind === 'stacked';
  const labels = new Map(drawn.map(({ key, label }) => [key, label]));
  const text = { color: color('soft'), fontFamily: font, fontSize: 13 };
  const category = {
    type: 'category',
    data: drawn.map(({ key }) => key),
    inverse: lies,
    triggerEvent: drawn.some(({ lead }) => lead),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: color('edge') } },
    axisLabel: {
      ...text,
      color: color('ink'),
      formatter: (key: string) => labels.get(key) ?? key,
      ...(lies
        ? { width: kind === 'stacked' ? 220 : 150, overflow: 'truncate', interval: 0 }
        : { hideOverlap: true }),
    },
  };
  const value = {
    type: 'value',
    minInterval: 1,
    ...(kind === 'stacked' ? { max: 1, show: false } : {}),
    splitLine: { lineStyle: { color: color('line') } },
    axisLabel: { ...text, formatter: around.number, hideOverlap: true },
  };
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: {
      left: 4,
      right: 20,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    aria: { enabled: true, label: { description: around.description } },
    tooltip: {
      // The other kind is HTML with inline styles, which the content security policy forbids.
      renderMode: 'richText',
      trigger: 'axis',
      axisPointer: {
        type: kind === 'line' ? 'line' : 'shadow',
        shadowStyle: { color: color('shade'), opacity: 0.08 },
      },
      backgroundColor: color('sheet'),
      borderColor: color('edge'),
      textStyle: { color: color('ink'), fontFamily: font, fontSize: 14 },
      formatter: (points: { dataIndex: number }[]) =>
        tipFor(drawn[points[0]?.dataIndex ?? -1], chart, around),
    },
    xAxis: lies ? value : category,
    yAxis: lies ? category : value,
    series: chart.columns.flatMap((column, at) =>
      column.paint ? [seriesOf(chart, column, at, around)] : [],
    ),
  };
}

function seriesOf(
  chart: Chart,
  column: Column,
  at: number,
  { color, nameOf, font, number }: Surroundings,
): object {
  const { kind, drawn } = chart;
  const { fill, edge = fill } = column.paint!;
  const style = { color: color(fill), borderColor: color(edge), borderWidth: 1 };
  const common = { name: nameOf(column.key), cursor: drawn.some(({ lead }) => lead) ? 'pointer' : 'default' };
  if (kind === 'line') {
    return {
      ...common,
      type: 'line',
      data: drawn.map(({ values }) => values[at] ?? null),
      showSymbol: drawn.length < 40,
      symbol: 'circle',
      symbolSize: 7,
      lineStyle: { width: 3, color: color(fill) },
      itemStyle: style,
    };
  }
  if (kind !== 'stacked') {
    return {
      ...common,
      type: 'bar',
      data: drawn.map(({ values }) => values[at] ?? null),
      itemStyle: { ...style, borderRadius: kind === 'bars' ? [0, 4, 4, 0] : [4, 4, 0, 0] },
      barMaxWidth: 28,
      barGap: '12%',
    };
  }
  const base = (row: Row): number =>
    chart.columns.reduce((sum, { paint }, index) => sum + (paint ? (row.values[index] ?? 0) : 0), 0);
  return {
    ...common,
    type: 'bar',
    stack: 'all',
    data: drawn.map((row) => (row.values[at] ?? 0) / base(row)),
    itemStyle: style,
    barWidth: 30,
    label: {
      show: true,
      fontFamily: font,
      fontSize: 13,
      color: color(fill === 'accent' || fill === 'warm' ? 'sheet' : 'ink'),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = drawn[dataIndex]!;
        const n = row.values[at] ?? 0;
        return n / base(row) > 0.06 ? number(n) : '';
      },
    },
  };
}

function tipFor(row: Row | undefined, { columns }: Chart, { nameOf, number }: Surroundings): string {
  if (!row) return '';
  const lines = columns.flatMap(({ key, format }, at) => {
    const value = row.values[at];
    return value === null || value === undefined || format !== 'number'
      ? []
      : [`${nameOf(key)}  ${number(value)}`];
  });
  // Braces would be read as the name of a style.
  return [row.label.replace(/[{}|]/g, ' '), ...lines].join('\n');
}
