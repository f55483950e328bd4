// Short messages: a response may send the header HX-Trigger: {"toast": {"text": "…", "level": "success"}}.
const shelf = () => document.getElementById("toasts");

function show({ text, level = "info" }) {
  const toast = document.createElement("div");
  toast.className = `toast-note toast-${level}`;
  toast.textContent = text;
  shelf().append(toast);
  setTimeout(() => toast.remove(), 6000);
}

export function installToasts() {
  document.addEventListener("toast", (event) => show(event.detail));
  const failed = () => show({ text: shelf().dataset.failed, level: "error" });
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("click", (event) => event.target.closest("[data-dismisses]")?.parentElement.remove());
}
