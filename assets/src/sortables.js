// Lists whose order matters: <ul data-sortable> with items that carry an input keeps its order in the form.
// They are dragged, or moved by [data-moves] buttons, which the keyboard reaches.
export async function installSortables(root) {
  const lists = root.querySelectorAll("[data-sortable]");
  if (lists.length === 0) return;
  const { default: Sortable } = await import("sortablejs");
  lists.forEach((list) => Sortable.create(list, { handle: "[data-handle]", animation: 120 }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-moves]");
  if (!button) return;
  const item = button.closest("li");
  const isUp = button.dataset.moves === "up";
  const other = isUp ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (isUp) other.before(item);
  else other.after(item);
  button.focus();
  document.getElementById("live").textContent = [...item.parentElement.children].indexOf(item) + 1;
});
