// Searchable selects, file drop zones and counters of written length.
import TomSelect from "tom-select/dist/esm/tom-select.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);

function searchable(select) {
  if (select.tomselect) return;
  new TomSelect(select, {
    maxOptions: 500,
    plugins: select.multiple ? ["remove_button"] : [],
    // An open list would lie over the buttons below it: it closes after a choice, and no search that still waits opens it again.
    closeAfterSelect: true,
    refreshThrottle: 0,
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

// Days are typed as 2026-11-29 in every language of the browser; its own calendar only helps to find one.
function calendar(input) {
  const picker = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
  if (!picker.showPicker) return;
  const wrap = Object.assign(document.createElement("span"), { className: "day" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "day-opens" });
  button.setAttribute("aria-label", input.dataset.day);
  button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${input.dataset.icon}"></use></svg>`;
  picker.setAttribute("aria-hidden", "true");
  input.before(wrap);
  wrap.append(input, picker, button);
  button.addEventListener("click", () => {
    picker.value = /^\d{4}-\d{2}-\d{2}$/.test(input.value.trim()) ? input.value.trim() : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    input.value = picker.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}

const each = (root, selector, install) => {
  if (root.matches?.(selector)) install(root);
  root.querySelectorAll(selector).forEach(install);
};

export function installFields(root) {
  each(root, "select[data-searchable]", searchable);
  each(root, "[data-drop-zone]", dropZone);
  each(root, "textarea[maxlength]", lengthCounter);
  each(root, "input[data-day]", calendar);
}
