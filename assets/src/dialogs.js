// <button data-opens="id"> opens the <dialog id="id">; [data-closes] and a click beside it close it.
// Whoever hits Enter at once must lose nothing: the focus begins in a field, or on the button that closes.
function open(dialog) {
  dialog?.showModal();
  if (dialog?.querySelector(":focus:is(button:not([data-closes]), [type=submit])")) dialog.querySelector("[data-closes]")?.focus();
}

export function installDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      event.preventDefault();
      open(document.getElementById(opener.dataset.opens));
      return;
    }
    const dialog = event.target.closest("dialog");
    if (dialog && (event.target === dialog || event.target.closest("[data-closes]"))) dialog.close();
  });
  // A form is sent once by a button, however often an impatient hand clicks; another button (a draft, then the record) is another act.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    const by = event.submitter;
    const act = by ? [by.formAction, by.name, by.value].join(" ") : form.action;
    if (form.dataset.sent === act) event.preventDefault();
    form.dataset.sent = act;
    setTimeout(() => delete form.dataset.sent, 5000);
  });
}
