// Searchable selects, file drop zones and counters of written length.
import TomSelect from "tom-select/dist/esm/tom-select.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);

function searchable(select) {
  if (select.tomselect) return;
  new TomSelect(select, {
    maxOptions: 500,
    plugins: select.multiple ? ["remove_button"] : [],
    allowEmptyOption: !select.multiple,
    render: { no_results: () => `<div class="no-results">${select.dataset.noResults || "没有符合的选项"}</div>` },
  });
}

function dropZone(zone) {
  const input = zone.querySelector("input[type=file]");
  const names = zone.querySelector("[data-file-names]");
  const show = () => {
    names.textContent = [...input.files].map((file) => `${file.name}(${Math.ceil(file.size / 1024)} KB)`).join("、");
  };
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    input.files = event.dataTransfer.files;
    show();
  });
}

function lengthCounter(area) {
  const counter = document.createElement("div");
  counter.className = "field-count";
  const show = () => { counter.textContent = `${area.value.length} / ${area.maxLength}`; };
  area.after(counter);
  area.addEventListener("input", show);
  show();
}

const each = (root, selector, install) => {
  if (root.matches?.(selector)) install(root);
  root.querySelectorAll(selector).forEach(install);
};

export function installFields(root) {
  each(root, "select[data-searchable]", searchable);
  each(root, "[data-drop-zone]", dropZone);
  each(root, "textarea[maxlength]", lengthCounter);
}
