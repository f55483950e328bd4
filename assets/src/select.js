// Long selects become searchable.
import TomSelect from "tom-select/dist/esm/tom-select.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);

export function makeSearchable(select) {
  if (select.tomselect) return;
  // What scripts say stands in the page, in the language of the page.
  const words = document.getElementById("toasts").dataset;
  const isFocused = document.activeElement === select;
  new TomSelect(select, {
    maxOptions: 500,
    plugins: select.multiple ? { remove_button: { title: words.remove } } : {},
    // An open list would lie over the buttons below it: it closes after a choice, and no search that still waits opens it again.
    closeAfterSelect: true,
    refreshThrottle: 0,
    allowEmptyOption: !select.multiple,
    // The box drawn in its place carries the label; the select itself only carries the value.
    onInitialize() { select.setAttribute("aria-hidden", "true"); },
    render: { no_results: () => `<div class="no-results">${words.none}</div>` },
  });
  if (isFocused) select.tomselect.control_input.focus();
}
