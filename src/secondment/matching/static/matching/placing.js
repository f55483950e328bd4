// A person dragged, or picked and set down, onto another row opens the panel that shows what each way there would
// cost; nothing changes before a click on the button that confirms. The handle works by finger, pen, mouse and keyboard.
const START_PIXELS = 8;
const EDGE_PIXELS = 72;
const SCROLL_PIXELS = 14;

const area = () => document.querySelector("[data-placing]");
const bar = () => document.querySelector("[data-pick-bar]");
const rowOf = (node) => node instanceof Element ? node.closest("[data-placing] tbody tr") : null;
const chipOf = (row) => row?.querySelector(".person-chip");

let dragged = null; // the chip a mouse drags
let picked = null; // the chip chosen by its handle, waiting for a row
let held = null; // { chip, x, y, pointer, isMoving }: a handle under a finger or pen

function mark(root) {
  root.querySelectorAll?.("[data-placing] .person-chip").forEach((chip) => { chip.draggable = true; });
}

function unmark() {
  document.querySelectorAll("tr.is-target").forEach((row) => row.classList.remove("is-target"));
}

function aim(row, from) {
  unmark();
  if (row && row !== from) row.classList.add("is-target");
}

function open(query) {
  const url = `${area().dataset.placing}?${query}`;
  window.htmx.ajax("GET", url, { target: "#panel-body", swap: "innerHTML" }).then(() => document.getElementById("panel").showModal());
}

function ask(chip, row) {
  open(`nomination=${chip.dataset.person}&post=${chipOf(row).dataset.post}`);
}

function pick(chip) {
  drop();
  picked = chip;
  rowOf(chip).classList.add("is-picked");
  rowOf(chip).querySelector(".person-pick").setAttribute("aria-pressed", "true");
  bar().querySelector("[data-pick-name]").textContent = chip.textContent;
  bar().hidden = false;
}

function drop() {
  document.querySelectorAll("tr.is-picked").forEach((row) => row.classList.remove("is-picked"));
  document.querySelectorAll(".person-pick[aria-pressed=true]").forEach((one) => one.setAttribute("aria-pressed", "false"));
  if (bar()) bar().hidden = true;
  picked = null;
}

// Mouse: the name itself is dragged.
document.addEventListener("dragstart", (event) => {
  const chip = event.target instanceof Element ? event.target.closest(".person-chip") : null;
  if (!chip || !area()) return;
  dragged = chip;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", chip.textContent);
  rowOf(chip).classList.add("is-dragged");
});
document.addEventListener("dragover", (event) => {
  const row = rowOf(event.target);
  if (!dragged || !row) return;
  event.preventDefault();
  aim(row, rowOf(dragged));
});
document.addEventListener("drop", (event) => {
  const row = rowOf(event.target);
  if (!dragged || !row || row === rowOf(dragged)) return;
  event.preventDefault();
  ask(dragged, row);
});
document.addEventListener("dragend", () => {
  if (dragged) rowOf(dragged)?.classList.remove("is-dragged");
  dragged = null;
  unmark();
});

// Finger and pen: the handle is dragged; the page scrolls when it comes near an edge.
function follow() {
  if (!held?.isMoving) return;
  if (held.y < EDGE_PIXELS) window.scrollBy(0, -SCROLL_PIXELS);
  if (held.y > window.innerHeight - EDGE_PIXELS) window.scrollBy(0, SCROLL_PIXELS);
  aim(rowOf(document.elementFromPoint(held.x, held.y)), rowOf(held.chip));
  requestAnimationFrame(follow);
}

function letGo() {
  if (held) rowOf(held.chip)?.classList.remove("is-dragged");
  held = null;
  unmark();
}

document.addEventListener("pointerdown", (event) => {
  const handle = event.target instanceof Element ? event.target.closest("[data-placing] .person-pick") : null;
  if (!handle || event.pointerType === "mouse") return;
  handle.setPointerCapture(event.pointerId);
  held = { chip: chipOf(rowOf(handle)), x: event.clientX, y: event.clientY, startY: event.clientY, pointer: event.pointerId, isMoving: false };
});
document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== held?.pointer) return;
  held.x = event.clientX;
  held.y = event.clientY;
  if (held.isMoving || Math.abs(held.y - held.startY) < START_PIXELS) return;
  held.isMoving = true;
  drop();
  rowOf(held.chip).classList.add("is-dragged");
  requestAnimationFrame(follow);
});
document.addEventListener("pointerup", (event) => {
  if (event.pointerId !== held?.pointer) return;
  const { chip, isMoving } = held;
  const row = isMoving ? rowOf(document.elementFromPoint(event.clientX, event.clientY)) : null;
  letGo();
  if (!isMoving) return;
  const stop = (click) => { click.stopPropagation(); click.preventDefault(); };
  document.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }), 0);
  if (row && row !== rowOf(chip)) ask(chip, row);
});
document.addEventListener("pointercancel", letGo);

// Anyone: tap the handle, then the other row. Captured before the row's own click opens its page.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-pick-cancel]")) { drop(); return; }
  if (event.target.closest("[data-pick-more]")) { open(`nomination=${picked.dataset.person}`); drop(); return; }
  const row = rowOf(event.target);
  const handle = event.target.closest(".person-pick");
  if (!row || (!handle && !picked)) return;
  event.preventDefault();
  event.stopPropagation();
  const chip = chipOf(row);
  if (!picked) { pick(chip); return; }
  const from = picked;
  drop();
  if (chip !== from) ask(from, row);
}, true);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") drop(); });
document.addEventListener("htmx:load", () => mark(document));
document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.target?.id?.startsWith("table-")) drop(); });
mark(document);
