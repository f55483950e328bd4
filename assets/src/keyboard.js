// "/" goes to the search box; j, k or the arrows walk the rows of a table; Enter opens the row; x ticks it.
const isTyping = (node) => node.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;

function walk(step) {
  const rows = [...document.querySelectorAll("[data-table] tbody tr[data-url]")];
  if (rows.length === 0) return false;
  const at = rows.findIndex((row) => row.classList.contains("is-current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at === -1 ? 0 : at + step))];
  rows[at]?.classList.remove("is-current");
  next.classList.add("is-current");
  (next.querySelector("a") ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function act(event) {
  const current = document.querySelector("[data-table] tr.is-current");
  if (event.key === "/") {
    (document.querySelector("main [data-search], main .list-filters input[type=text], main .list-filters input[type=search]")
      ?? document.querySelector("[data-search]"))?.focus();
    return true;
  }
  if (event.key === "j" || (event.key === "ArrowDown" && current)) return walk(1);
  if (event.key === "k" || (event.key === "ArrowUp" && current)) return walk(-1);
  if (event.key === "Enter" && current && !event.target.closest("a, button, summary")) {
    location.assign(current.dataset.url);
    return true;
  }
  if (event.key === "x" && current) {
    current.querySelector("[data-select-row]")?.click();
    return true;
  }
  return false;
}

export function installKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (act(event)) event.preventDefault();
  });
  // The whole row leads to its page; links, boxes and chosen text keep their own meaning.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-url]");
    if (!row || event.target.closest("a, button, input, label, details") || String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.url);
    else location.assign(row.dataset.url);
  });
}
