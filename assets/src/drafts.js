// A form marked `data-draft` loses nothing on a poor line. What is typed is kept in this browser until the server has it; it is
// sent once (the form's one-time key), and the line under the form says where it is: saved here, sent. The page that follows
// says the number it was received under. Nothing but what the form itself would send is kept, for the account that typed it.
const PREFIX = "draft:";
const KEPT_MS = 24 * 3600 * 1000;
const PAUSE_MS = 400;
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "form_key"]);

const typed = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_TYPED.has(name) && !isHidden(form, name));
const isHidden = (form, name) => form.elements[name]?.type === "hidden";
const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < KEPT_MS ? kept : null;
  } catch {
    return null;
  }
}

function fill(form, values) {
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name) || field.type === "hidden" || field.type === "file") continue;
    const texts = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = texts.includes(field.value);
    else if (field.multiple) for (const one of field.options) one.selected = texts.includes(one.value);
    else if (texts.length) field.value = texts[0];
    field.tomselect?.sync(); // the box drawn in the place of a searchable list
    if (texts.length) field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function install(form) {
  const words = document.body.querySelector("[data-draft-words]")?.dataset;
  if (!words || form.dataset.draftReady) return;
  form.dataset.draftReady = "1";
  const key = `${PREFIX}${words.account}:${form.dataset.draft}`;
  const line = document.createElement("p");
  line.className = "field-help";
  line.setAttribute("role", "status");
  (form.querySelector(".form-foot") ?? form).after(line);
  const atFirst = typed(form);
  const drop = () => localStorage.removeItem(key);
  const keep = () => {
    const values = typed(form);
    if (same(values, atFirst)) return drop();
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
      line.textContent = words.saved;
    } catch {
      line.textContent = ""; // storage is full or forbidden: nothing is promised
    }
  };
  const offer = (kept) => {
    line.textContent = `${words.found} `;
    for (const [label, act] of [[words.restore, () => { fill(form, kept.values); line.textContent = words.saved; }], [words.discard, () => { drop(); line.textContent = ""; }]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn btn-sm", textContent: label });
      button.addEventListener("click", act);
      line.append(button, " ");
    }
  };
  const kept = read(key);
  if (kept && !same(kept.values, atFirst)) offer(kept);
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  addEventListener("pagehide", () => { if (timer) { clearTimeout(timer); if (!form.dataset.draftSent) keep(); } });

  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || form.dataset.draftSent) return;
    event.preventDefault();
    clearTimeout(timer);
    keep();
    const { submitter } = event;
    if (form.dataset.draftBusy) return;
    form.dataset.draftBusy = "1";
    line.textContent = words.sending;
    const sent = new FormData(form, submitter);
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, redirect: "manual", credentials: "same-origin" });
      if (answer.type !== "opaqueredirect" && answer.status >= 500) throw new Error(answer.status);
      if (answer.type === "opaqueredirect") {
        drop();
        line.textContent = words.sent;
      }
    } catch {
      delete form.dataset.draftBusy;
      line.textContent = words.offline;
      return;
    }
    // The act is done, once; the same form sent again leads to its outcome, or shows what is wrong with it.
    form.dataset.draftSent = "1";
    for (const { name, value } of [{ name: "form_sent_ahead", value: "1" }, submitter ?? {}]) {
      if (!name) continue;
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    HTMLFormElement.prototype.submit.call(form);
  });
}

// Whoever signs out leaves nothing on the machine.
function forgetAll() {
  for (const form of document.querySelectorAll("form[data-draft]")) form.dataset.draftSent = "1";
  tidy("");
}

// A day at most, and never for the next account at the same machine.
function tidy(account) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && !(key.startsWith(`${PREFIX}${account}:`) && read(key))) localStorage.removeItem(key);
  }
}

export function installDrafts(root) {
  const words = root.querySelector?.("[data-draft-words]")?.dataset;
  if (words) tidy(words.account);
  root.querySelector?.("form[data-forgets-drafts]")?.addEventListener("submit", forgetAll);
  for (const form of root.querySelectorAll?.("form[data-draft]") ?? []) install(form);
}
