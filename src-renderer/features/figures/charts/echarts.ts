import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/** A chart in an element: of ECharts only what we draw. The module is fetched when the first chart is. */
export function makeChart(element: HTMLElement): EChartsType {
  use([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);
  return init(element, null, { renderer: 'svg' });
}
