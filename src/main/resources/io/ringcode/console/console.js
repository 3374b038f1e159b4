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
document.addEventListener("console:shown", ({ detail }) => tell(detail));
for (const zone of document.querySelectorAll("[data-zone]")) {
  const { timeZone } = format.resolvedOptions();
  zone.textContent = `Times are in ${timeZone.replaceAll("_", " ")}.`;
}

// What a field takes is checked when it is left, and again before it is sent: beside the field, in the words that the server has.
const SHAPES = {
  email: "Enter an email address, such as help@example.com.",
  url: "Enter a full URL, such as https://example.com/help.",
  number: "Enter a number.",
  date: "Enter a date.",
};
function reason(field) {
  const { validity } = field;
  if (validity.valueMissing) return "Enter a value.";
  if (validity.rangeUnderflow || validity.rangeOverflow)
    return field.min && field.max ? `Must be between ${field.min} and ${field.max}.` : `Must be at ${field.min ? `least ${field.min}` : `most ${field.max}`}.`;
  if (validity.stepMismatch) return "Enter a whole number.";
  if (validity.tooShort) return `Use at least ${field.minLength} characters.`;
  if (validity.patternMismatch) return field.dataset.shape ?? "This does not have the expected format.";
  return SHAPES[field.type] ?? field.validationMessage;
}
function check(field) {
  const id = `${field.id}-problem`;
  let told = document.getElementById(id);
  const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (field.validity.valid) {
    told?.remove();
    field.removeAttribute("aria-invalid");
  } else {
    if (!told) {
      told = document.createElement("span");
      told.className = "wrong";
      told.id = id;
      field.before(told);
    }
    told.textContent = reason(field);
    field.setAttribute("aria-invalid", "true");
    described.unshift(id);
  }
  if (described.length > 0) field.setAttribute("aria-describedby", described.join(" "));
  else field.removeAttribute("aria-describedby");
  return field.validity.valid;
}
let pressed = false;
addEventListener("pointerdown", () => { pressed = true; }, { capture: true });
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { pressed = false; }, { capture: true });
for (const form of document.querySelectorAll("form[method=post]")) {
  form.noValidate = true;
  const fields = () => [...form.elements].filter((field) => field.id && field.willValidate && !/^(checkbox|radio|submit|button|fieldset)$/.test(field.type));
  form.addEventListener("change", ({ target }) => {
    if (!fields().includes(target)) return;
    // A field that is left by pressing a button: nothing moves below the pointer until it is up again.
    if (pressed) addEventListener("pointerup", () => setTimeout(() => check(target), 0), { once: true });
    else check(target);
  });
  form.addEventListener("submit", (sent) => {
    if (sent.submitter?.formNoValidate) return;
    const wrong = fields().filter((field) => !check(field));
    if (wrong.length === 0) return;
    sent.preventDefault();
    wrong[0].closest("details")?.setAttribute("open", "");
    wrong[0].focus();
  });
}

// Who leaves a form that was changed and not sent is asked. A search, or a form with nothing but a button, has nothing to lose.
const changed = new Set();
for (const form of document.querySelectorAll("main form[method=post]")) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", (sent) => { if (!sent.defaultPrevented) changed.clear(); });
}
document.addEventListener("htmx:load", ({ detail }) => { if (detail.elt.id === "routes") changed.add(document.getElementById("routes-form")); });
addEventListener("beforeunload", (leaving) => { if (changed.size > 0) leaving.preventDefault(); });

// One press, one request.
for (const form of document.forms)
  form.addEventListener("submit", (sent) => {
    if (sent.defaultPrevented) return;
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
