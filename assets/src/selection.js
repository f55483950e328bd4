// Row selection: one box ticks the page, and the bulk bar says how many rows are chosen.
function refresh(region) {
  const boxes = [...region.querySelectorAll("[data-select-row]")];
  const n = boxes.filter((box) => box.checked).length;
  const all = region.querySelector("[data-select-all]");
  all.checked = n > 0 && n === boxes.length;
  all.indeterminate = n > 0 && n < boxes.length;
  region.querySelectorAll("[data-selected-count]").forEach((node) => { node.textContent = n; });
  region.classList.toggle("has-selection", n > 0);
}

export function installSelection() {
  document.addEventListener("change", (event) => {
    const box = event.target;
    const region = box.closest("[data-table]");
    if (!region || !box.matches("[data-select-row], [data-select-all]")) return;
    if (box.matches("[data-select-all]")) {
      region.querySelectorAll("[data-select-row]").forEach((row) => { row.checked = box.checked; });
    }
    refresh(region);
  });
}
