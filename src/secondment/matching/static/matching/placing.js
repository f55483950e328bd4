// A person dragged onto another row opens the panel that shows what each way there would cost; nothing changes before a click on 确认.
const area = () => document.querySelector("[data-placing]");
const rowOf = (node) => node instanceof Element ? node.closest("[data-placing] tbody tr") : null;
let dragged = null;

function mark(root) {
  root.querySelectorAll?.("[data-placing] .person-chip").forEach((chip) => { chip.draggable = true; });
}

function unmark() {
  document.querySelectorAll("tr.is-target").forEach((row) => row.classList.remove("is-target"));
}

function ask(person, post) {
  const url = `${area().dataset.placing}?nomination=${person}&post=${post}`;
  window.htmx.ajax("GET", url, { target: "#panel-body", swap: "innerHTML" }).then(() => document.getElementById("panel").showModal());
}

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
  unmark();
  if (row !== rowOf(dragged)) row.classList.add("is-target");
});
document.addEventListener("drop", (event) => {
  const row = rowOf(event.target);
  if (!dragged || !row || row === rowOf(dragged)) return;
  event.preventDefault();
  ask(dragged.dataset.person, row.querySelector(".person-chip").dataset.post);
});
document.addEventListener("dragend", () => {
  if (dragged) rowOf(dragged)?.classList.remove("is-dragged");
  dragged = null;
  unmark();
});
document.addEventListener("htmx:load", () => mark(document));
mark(document);
