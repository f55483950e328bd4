// Rows copied from a list land in columns with names, on phones too, where the head is hidden and empty cells are left out.
const textOf = (cell) => cell.textContent.trim().replace(/\s+/g, " ");
const escaped = (text) => Object.assign(document.createElement("i"), { textContent: text }).innerHTML;

function chosenRows(selection) {
  const table = [...document.querySelectorAll("main table.rows")].find((one) => selection.containsNode(one, true));
  const rows = [...(table?.tBodies ?? [])].flatMap((body) => [...body.rows]).filter((row) => selection.containsNode(row, true));
  return rows.length > 1 ? [...(table.tHead?.rows ?? []), ...rows] : [];
}

export function installCopying() {
  document.addEventListener("copy", (event) => {
    if (event.target.closest?.("input, textarea")) return;
    const rows = chosenRows(getSelection()).map((row) => [...row.cells].filter((cell) => !cell.matches(".row-select")).map(textOf));
    if (rows.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", rows.map((row) => row.join("\t")).join("\n"));
    const cells = (row) => row.map((text) => `<td>${escaped(text)}</td>`).join("");
    event.clipboardData.setData("text/html", `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("")}</table>`);
  });
}
