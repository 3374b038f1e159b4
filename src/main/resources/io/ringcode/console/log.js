// Who follows the log hears how many lines are new, and not each of them.
"use strict";
const MOST_LINES = 500;
const TELL_EVERY_MS = 10_000;
for (const part of document.querySelectorAll("[data-live]")) part.hidden = false;

const logTold = document.getElementById("log-told");
let fresh = 0;
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!elt.matches(".fresh")) return;
  if (fresh === 0) setTimeout(tellFresh, TELL_EVERY_MS);
  fresh += elt.rows.length;
  const { rows } = elt.closest("table");
  while (rows.length > MOST_LINES) rows[rows.length - 1].remove();
});

function tellFresh() {
  logTold.textContent = fresh === 1 ? "1 new line" : `${fresh} new lines`;
  fresh = 0;
}
