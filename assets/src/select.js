// Long selects become searchable.
import TomSelect from "tom-select/dist/esm/tom-select.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);

export function makeSearchable(select) {
  if (select.tomselect) return;
  const isFocused = document.activeElement === select;
  new TomSelect(select, {
    maxOptions: 500,
    plugins: select.multiple ? ["remove_button"] : [],
    // An open list would lie over the buttons below it: it closes after a choice, and no search that still waits opens it again.
    closeAfterSelect: true,
    refreshThrottle: 0,
    allowEmptyOption: !select.multiple,
    // The box drawn in its place carries the label; the select itself only carries the value.
    onInitialize() { select.setAttribute("aria-hidden", "true"); },
    render: { no_results: () => `<div class="no-results">${select.dataset.noResults || "没有符合的选项"}</div>` },
  });
  if (isFocused) select.tomselect.control_input.focus();
}
