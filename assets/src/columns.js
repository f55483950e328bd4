// Tables to be filled in: a block copied from Excel goes down and across from the field it is pasted into, a column is filled
// down from its first value. Nothing is overwritten by filling down, and no line is added.
const fieldsOf = (row) => [...row.querySelectorAll("input[data-column]")];

function put(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function installColumns() {
  document.addEventListener("paste", (event) => {
    const field = event.target;
    if (!field.matches?.("[data-pastes] input[data-column]")) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\n\t]/.test(text)) return;
    event.preventDefault();
    const rows = [...field.closest("tbody").rows];
    const from = rows.indexOf(field.closest("tr"));
    const column = fieldsOf(rows[from]).indexOf(field);
    text.split("\n").forEach((line, down) => {
      const fields = rows[from + down] ? fieldsOf(rows[from + down]) : [];
      line.split("\t").forEach((cell, across) => {
        if (fields[column + across]) put(fields[column + across], cell.trim());
      });
    });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fills]");
    if (!button) return;
    const fields = [...button.closest("table").querySelectorAll(`input[data-column="${button.dataset.fills}"]`)];
    const first = fields.find((one) => one.value)?.value;
    if (first) fields.filter((one) => !one.value).forEach((one) => put(one, first));
  });
}
