// What makes the console quicker to use. Everything works without it.
"use strict";
document.getElementById("problem")?.focus();

// Times as the reader's own clock tells them.
const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
function tell(part) {
  for (const time of part.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.getTime())) time.textContent = format.format(moment);
  }
}
tell(document);
document.addEventListener("htmx:load", ({ detail }) => tell(detail.elt));

// One press, one request.
for (const form of document.forms)
  form.addEventListener("submit", () => {
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; }, 0);
  });
addEventListener("pageshow", (shown) => {
  if (shown.persisted) for (const button of document.querySelectorAll("button")) button.disabled = false;
});

// Colours that are typed are shown before they are saved.
const look = document.getElementById("look");
document.getElementById("look-form")?.addEventListener("input", ({ target, currentTarget }) => {
  if (!target.checkValidity()) return;
  const colours = new URLSearchParams();
  for (const name of ["primary", "background", "end", "angle"]) colours.set(name, currentTarget.elements[name].value);
  look.href = `${look.href.split("?")[0]}?${colours}`;
});
