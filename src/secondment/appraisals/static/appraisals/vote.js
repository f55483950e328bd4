// Ballots on a bad line: a form is sent until it is answered; the server counts a code once, however often it comes.
(() => {
  "use strict";
  const LONGEST_WAIT = 60000, HALL_IDLE = 180000;
  let isSending = false, lastTouch = Date.now();
  const say = (name) => {
    const line = document.getElementById("line");
    if (line) line.textContent = name ? line.dataset[name] : "";
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // The code comes behind the #, which browsers send to nobody; it does not stay in the address or the history.
  const takeCode = () => {
    const form = document.querySelector("[data-code-form]");
    if (!form || location.hash.length < 2) return;
    form.elements.code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    form.requestSubmit();
  };

  // Scanned again in the same window: only what stands behind the # changes, and no browser loads the page for that.
  addEventListener("hashchange", () => {
    if (/^#[\dA-Za-z-]{20,24}$/.test(location.hash) && !document.getElementById(location.hash.slice(1))) location.reload();
  });

  const show = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceWith(document.adoptNode(page.body));
    scrollTo(0, 0);
    (document.querySelector("[role=alert]") ?? document.getElementById("main")).focus?.();
    const refresh = page.querySelector("meta[http-equiv=refresh]");
    if (refresh) {
      const [seconds, url] = refresh.content.split(";url=");
      setTimeout(() => location.replace(url), seconds * 1000);
    }
  };

  const send = async (url, body) => {
    for (let tries = 0; ; tries += 1) {
      const cut = new AbortController();
      const timer = setTimeout(() => cut.abort(), LONGEST_WAIT);
      try {
        const answer = await fetch(url, {
          method: "POST", body, signal: cut.signal, credentials: "omit", cache: "no-store",
          referrerPolicy: "no-referrer", redirect: "error",
        });
        const text = await answer.text();
        if (answer.status < 500) return text;
      } catch { /* the line was cut */ } finally { clearTimeout(timer); }
      say("cut");
      await pause(Math.min(1000 * 2 ** tries, 15000) * (0.75 + Math.random() / 2));
    }
  };

  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    const form = event.target, button = event.submitter;
    const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
    say("sending");
    try {
      show(await send(url, new URLSearchParams(new FormData(form))));
    } finally {
      isSending = false;
      say("");
    }
  });

  // On a tablet that goes from hand to hand a ballot that was left alone is not shown to the next voter.
  for (const name of ["input", "pointerdown", "keydown", "scroll"]) {
    document.addEventListener(name, () => { lastTouch = Date.now(); }, { passive: true, capture: true });
  }
  setInterval(() => {
    const hall = document.querySelector("[data-hall]");
    if (hall && !isSending && Date.now() - lastTouch > HALL_IDLE) location.replace(hall.dataset.hall);
  }, 5000);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("hashchange", takeCode);
  takeCode();
})();
