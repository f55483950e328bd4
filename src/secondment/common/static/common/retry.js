// The busy page sends its form again by itself; without script its button does.
const form = document.querySelector("[data-retries]");
if (form) setTimeout(() => form.requestSubmit(), 5000);
