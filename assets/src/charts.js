// Draws the figures of a page from the data block beside each; the table under the figure says the same in words.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent, AriaComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { optionOf } from "./chart_options.js";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const PRINT_WIDTH = 640;
const drawn = new Map();
const resizer = new ResizeObserver((entries) => {
  for (const { target } of entries) drawn.get(target)?.resize();
});

function draw(figure) {
  const canvas = figure.querySelector("[data-canvas]");
  if (drawn.has(canvas)) return;
  const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  chart.setOption(optionOf(data));
  chart.on("click", ({ dataIndex, seriesIndex }) => {
    const url = data.series[seriesIndex]?.urls[dataIndex];
    if (url) location.assign(url);
  });
  drawn.set(canvas, chart);
  resizer.observe(canvas);
}

function drawAll(root) {
  for (const canvas of drawn.keys()) {
    if (canvas.isConnected) continue;
    drawn.get(canvas).dispose();
    resizer.unobserve(canvas);
    drawn.delete(canvas);
  }
  root.querySelectorAll("figure[data-chart]").forEach(draw);
}

const fit = (width) => drawn.forEach((chart) => chart.resize(width ? { width } : {}));

drawAll(document);
document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt.parentElement ?? document));
window.addEventListener("beforeprint", () => fit(PRINT_WIDTH));
window.addEventListener("afterprint", () => fit(0));
