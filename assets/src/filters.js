// Filters of a list apply themselves: choices at once, typed text after a pause, Chinese input when a word is done.
const PAUSE = 400;
const isTyped = (node) => node.matches("input:not([type]), input[type=text], input[type=search], input[type=number]");

export function installFilters() {
  let waiting;
  const applySoon = (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-live-filter]") || !isTyped(event.target) || event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(), PAUSE);
  };
  document.addEventListener("input", applySoon);
  document.addEventListener("compositionend", applySoon);
  document.addEventListener("change", (event) => {
    if (event.target.form?.matches("[data-live-filter]") && !isTyped(event.target)) event.target.form.requestSubmit();
  });
  // On phones all filters but the first stand behind a button that says how many are in use.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-unfolds]");
    if (!opener) return;
    const isOpen = document.getElementById(opener.dataset.unfolds).classList.toggle("is-open");
    opener.setAttribute("aria-expanded", isOpen);
  });
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => {
      const folded = target.closest?.(".list-filters-more");
      if (!folded) return;
      const used = new Set([...folded.querySelectorAll("[name]")].filter((one) => one.value).map((one) => one.name));
      folded.parentElement.querySelector("[data-n-used]").textContent = used.size || "";
    });
  }
}
