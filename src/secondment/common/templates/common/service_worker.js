// Answers for pages while the line is cut. It touches GET alone: a form goes out as the browser sends it, its body is never read
// here. It keeps static files and the page that says the line is cut; no page with anybody's data.
const KEPT = {{ kept|safe }}, PAGE = {{ page|safe }}, STATIC = {{ static|safe }}, CACHE = "static";

const put = async (request, answer) => {
  if (answer.ok && answer.type === "basic") await (await caches.open(CACHE)).put(request, answer);
};
const stored = (request) => caches.match(request, { ignoreVary: true });

async function staticFile(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(put(event.request, answer.clone()));
    return answer;
  } catch (fault) {
    const kept = await stored(event.request);
    if (kept) return kept;
    throw fault;
  }
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = await stored(PAGE);
    if (kept) return kept;
    throw fault;
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || new URL(url).origin !== location.origin) return;
  if (new URL(url).pathname.startsWith(STATIC)) event.respondWith(staticFile(event));
  else if (mode === "navigate") event.respondWith(page(event.request));
});
