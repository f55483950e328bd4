// What every page needs: partial updates and the behaviours our components name in data attributes.
import htmx from "htmx.org";
import { installColumns } from "./columns.js";
import { installCopying } from "./copying.js";
import { installDialogs } from "./dialogs.js";
import { installDrafts } from "./drafts.js";
import { installFields } from "./fields.js";
import { installFilters } from "./filters.js";
import { installKeyboard } from "./keyboard.js";
import { installMenus } from "./menus.js";
import { installSelection, restoreSelection } from "./selection.js";
import { installSession } from "./session.js";
import { installSortables } from "./sortables.js";
import { installSwaps } from "./swaps.js";
import { installToasts } from "./toasts.js";

window.htmx = htmx;

installMenus();
installColumns();
installCopying();
installDialogs();
installSelection();
installFilters();
installKeyboard();
installSwaps();
installToasts();
htmx.onLoad((root) => {
  installFields(root);
  installSession(root);
  installDrafts(root);
  installSortables(root);
  restoreSelection(root);
  // On a phone the tab or step that is shown may lie beyond the edge of its bar.
  for (const shown of root.querySelectorAll(".tabs [aria-current], .campaign-bar .is-current")) {
    const bar = shown.closest(".tabs, .campaign-bar");
    const { left, right } = shown.getBoundingClientRect();
    const edge = bar.getBoundingClientRect();
    if (right > edge.right) bar.scrollLeft += left - edge.left - 16;
  }
});
// An address names only the filters that are set.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
});
