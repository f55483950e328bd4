// Turns a chart of our own vocabulary into ECharts options: few colours, direct labels, no decoration.
const BLUES = ["#1f5aa6", "#6d9bd4", "#b3cbe9", "#8a97a8", "#d0d7e0", "#3f7f8c"];
const INK = "#3d4a5c";
const RULE = "#e4e8ee";
const FONT = getComputedStyle(document.documentElement).getPropertyValue("--tblr-font-sans-serif") || "sans-serif";

const category = (chart, extra = {}) => ({
  type: "category",
  data: chart.categories,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: "#c5ccd6" } },
  axisLabel: { color: INK, fontSize: 12, interval: "auto", hideOverlap: true, ...extra },
});

// Where every bar carries its number, an axis of numbers would say it twice.
const isAxisNeeded = (chart) => !chart.labels || chart.kind === "line";

function value(chart) {
  const side = chart.kind === "pyramid" ? 1.3 * Math.max(1, ...chart.series.flatMap((series) => series.values)) : undefined;
  return {
    type: "value",
    min: side && -side,
    max: side ?? chart.maximum ?? undefined,
    minInterval: chart.decimals ? undefined : 1,
    splitNumber: 4,
    splitLine: { show: isAxisNeeded(chart), lineStyle: { color: RULE } },
    axisLabel: {
      show: isAxisNeeded(chart), color: "#5f6b7a", fontSize: 12, formatter: (number) => plain(Math.abs(number), 0),
    },
  };
}

const plain = (number, decimals) => (number ?? 0).toLocaleString(document.documentElement.lang, {
  minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 2),
});

const totals = (chart) => chart.categories.map((_, at) => chart.series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));

function label(chart, position) {
  // A number that does not fit into its part of the bar stays in the table only; the total stands above.
  const smallest = chart.kind === "stacked_bar" ? Math.max(...totals(chart)) * 0.07 : 0;
  return {
    show: chart.labels,
    position,
    color: position === "inside" ? undefined : INK,
    fontSize: 12,
    formatter: ({ value: number }) => (
      !number || Math.abs(number) < smallest ? "" : plain(Math.abs(number), chart.decimals)
    ),
  };
}

const isSideways = (kind) => ["horizontal_bar", "pyramid"].includes(kind);
const isStacked = (kind) => ["stacked_bar", "pyramid"].includes(kind);

function seriesOf(chart, series, index) {
  const end = isSideways(chart.kind) ? "right" : "top";
  const isLeft = chart.kind === "pyramid" && index === 0;
  const position = chart.kind === "pyramid" ? (isLeft ? "left" : "right") : isStacked(chart.kind) ? "inside" : end;
  return {
    name: series.name,
    type: chart.kind === "line" ? "line" : "bar",
    stack: isStacked(chart.kind) ? "all" : undefined,
    data: isLeft ? series.values.map((number) => (number === null ? null : -number)) : series.values,
    barMaxWidth: isSideways(chart.kind) ? 16 : 34,
    symbolSize: series.points ? 8 : 6,
    showAllSymbol: series.points ? true : "auto",
    showSymbol: chart.kind !== "line" || series.points || !chart.series.some(({ points }) => points),
    lineStyle: series.points ? { width: 0 } : undefined,
    color: BLUES[index % BLUES.length],
    label: label(chart, position),
    labelLayout: { hideOverlap: true },
    cursor: series.urls.some(Boolean) ? "pointer" : "default",
  };
}

function totalSeries(chart) {
  const sums = totals(chart);
  return {
    type: "bar",
    stack: "all",
    data: sums.map(() => 0),
    silent: true,
    tooltip: { show: false },
    label: { show: true, position: "top", color: INK, fontSize: 12, fontWeight: 600, formatter: ({ dataIndex }) => plain(sums[dataIndex], chart.decimals) },
  };
}

export function optionOf(chart) {
  const named = category(chart);
  const counted = value(chart);
  return {
    animation: false,
    aria: { enabled: true, label: { description: chart.title } },
    textStyle: { fontFamily: FONT },
    grid: { left: 8, right: isSideways(chart.kind) ? 40 : 12, top: chart.series.length > 1 ? 36 : 24, bottom: 4, containLabel: true },
    legend: { show: chart.series.length > 1, data: chart.series.map(({ name }) => name), top: 0, left: "center", itemWidth: 12, itemHeight: 12, textStyle: { color: INK } },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (number) => `${plain(Math.abs(number), chart.decimals)}${chart.unit}` },
    xAxis: isSideways(chart.kind) ? counted : named,
    yAxis: isSideways(chart.kind) ? { ...named, inverse: true, axisLabel: { ...named.axisLabel, interval: 0 } } : counted,
    series: [
      ...chart.series.map((series, index) => seriesOf(chart, series, index)),
      ...(chart.kind === "stacked_bar" && chart.labels ? [totalSeries(chart)] : []),
    ],
  };
}
