// What was swapped in takes over the focus of what it replaced, and says in the live region what it shows.
// htmx itself focuses an element with the same id; where there is none any more (the last page has no next one),
// the focus goes to the whole list instead of the top of the page.
let held = null;

function tell(root) {
  const said = [...root.querySelectorAll("[data-tells]")].map((node) => node.innerText.trim().replace(/\s+/g, " ")).join(" · ");
  const live = document.getElementById("live");
  if (said && live.textContent !== said) live.textContent = said;
}

export function installSwaps() {
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    held = detail.target.id && detail.target.contains(document.activeElement) ? detail.target.id : null;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (held && document.activeElement === document.body) document.getElementById(held)?.focus({ preventScroll: true });
    held = null;
    tell(detail.elt);
  });
}
