// Fields that do more than the browser’s own: searchable selects, drop zones, counters of length, days.
// The searchable select is fetched by pages that have one.
async function searchable(select) {
  const { makeSearchable } = await import("./select.js");
  makeSearchable(select);
}

function dropZone(zone) {
  const input = zone.querySelector("input[type=file]");
  const names = zone.querySelector("[data-file-names]");
  const show = () => {
    const chosen = [...input.files].map((file) => `${file.name} (${Math.ceil(file.size / 1024)} KB)`);
    names.textContent = new Intl.ListFormat(document.documentElement.lang).format(chosen);
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

// A table that is wider than its place and holds nothing to step to is scrolled by the arrows once it has the focus itself.
function scroller(place) {
  if (place.scrollWidth <= place.clientWidth || place.querySelector("a, button, input, select, summary")) return;
  place.tabIndex = 0;
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", (place.querySelector("caption") ?? place.parentElement.querySelector("h2"))?.textContent ?? document.title);
}

// On phones a long form begins with its first step; steps with something to correct stay open.
function foldSteps(form) {
  const steps = [...form.querySelectorAll("details.form-step")];
  if (steps.length === 0 || !matchMedia("(max-width: 47.99rem)").matches) return;
  const wrong = steps.filter((step) => step.querySelector("[data-step-faults]"));
  for (const step of steps) step.open = wrong.length > 0 ? wrong.includes(step) : step === steps[0];
}

const each = (root, selector, install) => {
  if (root.matches?.(selector)) install(root);
  root.querySelectorAll(selector).forEach(install);
};

// The summary of errors leads into the field itself, also when its list is drawn anew or its step is folded.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".fault-links a");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  for (let step = control.closest("details"); step; step = step.parentElement.closest("details")) step.open = true;
  if (control.tomselect) control.tomselect.focus();
  else control.focus();
  control.closest(".field, tr")?.scrollIntoView({ block: "nearest" });
});

export function installFields(root) {
  each(root, "select[data-searchable]", searchable);
  each(root, ".list-scroll", scroller);
  each(root, "form", foldSteps);
  each(root, "[data-drop-zone]", dropZone);
  each(root, "textarea[maxlength]", lengthCounter);
  each(root, "input[data-day]", calendar);
}
