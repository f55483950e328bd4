// Menus are <details class="menu">: they work without script; here they learn to close.
const openMenus = () => document.querySelectorAll("details.menu[open]");

export function installMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
    if (location.hash === "#side" && !event.target.closest("#side, [href='#side']")) location.hash = "#main";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (location.hash === "#side") location.hash = "#main";
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-prints]")) window.print();
    if (event.target.closest("[data-goes-back]")) history.back();
  });
  if (document.querySelector("[data-prints-at-once]")) window.addEventListener("load", () => window.print());
}
