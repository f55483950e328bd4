// Lists whose order matters: <ul data-sortable> with items that carry a hidden input keeps its order in the form.
import Sortable from "sortablejs";

export function installSortables(root) {
  root.querySelectorAll("[data-sortable]").forEach((list) => {
    Sortable.create(list, {
      handle: "[data-handle]",
      animation: 120,
      onEnd: () => list.dispatchEvent(new CustomEvent("reordered", { bubbles: true })),
    });
  });
}
