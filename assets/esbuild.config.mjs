// Builds what the product ships: one style sheet, two scripts, one icon sprite and the licence texts.
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { ICONS } from "./src/icons.mjs";

const OUT = "../src/secondment/common/static/common/dist";
const SHIPPED = [
  "@alpinejs/csp", "@tabler/core", "@tabler/icons", "echarts", "htmx.org", "sortablejs", "tom-select",
  "@orchidjs/sifter", "@orchidjs/unicode-variants", "@vue/reactivity", "@vue/shared", "tslib", "zrender",
];

mkdirSync(OUT, { recursive: true });

await build({
  entryPoints: ["src/app.js", "src/charts.js", "src/app.css"],
  outdir: OUT,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome100", "firefox100", "safari15"],
  legalComments: "none",
  logLevel: "info",
});

const symbols = ICONS.map((name) => {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
});
writeFileSync(`${OUT}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);

const licences = SHIPPED.map((name) => {
  const root = `node_modules/${name}`;
  const meta = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  const own = `licences/${name.replace("/", "__")}.txt`;
  const texts = readdirSync(root).filter((file) => /^(licen[cs]e|notice|copyright)/i.test(file) && /\.(txt|md)$|^[^.]+$/.test(file));
  const paths = texts.filter((file) => file !== "licenses").map((file) => `${root}/${file}`);
  if (paths.length === 0) paths.push(own);
  if (!paths.every(existsSync)) throw new Error(`${name}: no licence text, put one at assets/${own}`);
  return [`${meta.name} ${meta.version} — ${meta.license}`, ...paths.map((path) => readFileSync(path, "utf8").trim())].join("\n\n");
});
writeFileSync(`${OUT}/LICENSES.txt`, `${licences.join(`\n\n${"=".repeat(100)}\n\n`)}\n`);

// The server hands out the packed copy to browsers that accept it, so nothing is compressed per request.
for (const file of ["app.js", "charts.js", "app.css", "icons.svg"]) {
  writeFileSync(`${OUT}/${file}.gz`, gzipSync(readFileSync(`${OUT}/${file}`), { level: 9 }));
}
