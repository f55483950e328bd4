// A worker answers for pages while the line is cut (common/service_worker.js); where the browser has none, all goes on as before.
const address = document.querySelector("[data-worker]")?.dataset.worker;
if (address && "serviceWorker" in navigator) navigator.serviceWorker.register(address).catch(() => {});
