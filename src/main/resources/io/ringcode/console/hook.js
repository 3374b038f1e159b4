// While a script is saved, and npm installs what it requires, its page asks how far that is.
"use strict";
const install = document.getElementById("install");
const installTold = document.getElementById("install-told");
const stateOf = () => install.firstElementChild?.dataset.state;
let state = stateOf();

// Only a new state is read out, not every second of it.
install.addEventListener("htmx:afterSwap", () => {
  if (stateOf() === state) return;
  state = stateOf();
  installTold.textContent = install.querySelector("strong")?.textContent.trim() ?? "";
});
document.getElementById("script-form").addEventListener("submit", () => {
  setInterval(() => htmx.trigger(install, "look"), 1000);
});
