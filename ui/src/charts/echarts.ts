import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// Only what is drawn here; SVG keeps text crisp at every scale.
use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export { init };
