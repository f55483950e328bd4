// Row selection: one box ticks the page, a button ticks every row of the list, and the bulk bar says how many are chosen.
// Ticks of a list are kept for the tab, so that sorting, paging, filters, the way back, a refusal and a reload leave them
// as they are; once something was done with them they are gone, so that the next action meets nobody by mistake.
const boxesOf = (region) => [...region.querySelectorAll("[data-select-row]")];
const nameOf = (region) => `chosen:${location.pathname}:${region.id}`;
const actedOn = (region) => `acted:${location.pathname}:${region.id}`;
const isKept = (region) => "keepsTicks" in region.dataset;

function kept(region) {
  return new Set(isKept(region) ? JSON.parse(sessionStorage.getItem(nameOf(region)) ?? "[]") : []);
}

function keep(region, keys) {
  if (isKept(region)) sessionStorage.setItem(nameOf(region), JSON.stringify([...keys]));
}

// What is ticked here, and what was ticked on other pages of the list.
function chosenIn(region) {
  const keys = kept(region);
  for (const box of boxesOf(region)) keys[box.checked ? "add" : "delete"](box.value);
  return keys;
}

function refresh(region, keys = chosenIn(region)) {
  keep(region, keys);
  const boxes = boxesOf(region);
  const n = boxes.filter((box) => box.checked).length;
  const chosen = isKept(region) ? keys.size : n;
  const all = region.querySelector("[data-select-all]");
  if (all) {
    all.checked = n > 0 && n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
  }
  region.querySelectorAll("[data-selected-count]").forEach((node) => { node.textContent = chosen; });
  region.classList.toggle("has-selection", chosen > 0);
}

function tick(region, keys) {
  for (const box of boxesOf(region)) box.checked = keys.has(box.value);
  refresh(region, keys);
}

async function keysAt(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).keys : [];
}

function forgetSpent(region) {
  if (!sessionStorage.getItem(actedOn(region)) || !document.querySelector(".notes .note-success")) return;
  sessionStorage.removeItem(actedOn(region));
  keep(region, []);
}

// Rows that an action took out of the list are no longer chosen: whatever is not on this page is looked up once.
async function restore(region) {
  forgetSpent(region);
  const keys = kept(region);
  if (keys.size === 0) return;
  const here = new Set(boxesOf(region).map((box) => box.value));
  if ([...keys].some((key) => !here.has(key))) {
    const there = new Set(await keysAt(`${location.pathname}?keys=all`));
    for (const key of [...keys]) if (!there.has(key)) keys.delete(key);
  }
  tick(region, keys);
}

export function installSelection() {
  document.addEventListener("change", (event) => {
    const box = event.target;
    const region = box.closest("[data-table]");
    if (!region || !box.matches("[data-select-row], [data-select-all]")) return;
    if (box.matches("[data-select-all]")) boxesOf(region).forEach((row) => { row.checked = box.checked; });
    refresh(region);
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-select-everything], [data-select-none]");
    if (!button) return;
    const region = button.closest("[data-table]");
    const address = button.dataset.selectEverything;
    tick(region, new Set(address ? await keysAt(address) : []));
  });
  // What is ticked on other pages goes with the boxes of this one.
  document.addEventListener("submit", (event) => {
    const region = document.getElementById(event.target.dataset.bulkOf ?? "");
    if (!region) return;
    sessionStorage.setItem(actedOn(region), "1");
    const here = new Set(boxesOf(region).map((box) => box.value));
    const others = [...kept(region)].filter((key) => !here.has(key));
    if (others.length === 0) return;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "selected", value: others.join(",") });
    event.target.append(field);
    setTimeout(() => field.remove());
  });
}

export function restoreSelection(root) {
  const regions = root.matches?.("[data-keeps-ticks]") ? [root] : root.querySelectorAll("[data-keeps-ticks]");
  for (const region of regions) restore(region);
}
