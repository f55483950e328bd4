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
  // A form is sent once, however often an impatient hand clicks.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
}
