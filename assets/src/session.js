// A quiet line before the session ends; the server tells the seconds that are left.
const WARNING_SECONDS = 300;
const FULL = 2 ** 31 - 1;
let timers = [];

export function installSession(root) {
  const line = root.matches?.("[data-session]") ? root : root.querySelector?.("[data-session]");
  if (!line) return;
  timers.forEach(clearTimeout);
  const [idle, whole] = [Number(line.dataset.idle), Number(line.dataset.whole)];
  const left = Math.min(idle, whole);
  const show = (name) => {
    line.hidden = false;
    for (const part of line.children) part.hidden = !part.matches(`[data-session-${name}]`);
  };
  const after = (seconds, name) => setTimeout(show, Math.min(Math.max(seconds, 0) * 1000, FULL), name);
  timers = [after(left - WARNING_SECONDS, whole <= idle ? "final" : "soon"), after(left + 1, "over")];
}
