// Routes and their carriers are put in order by the buttons without asking the server, and by dragging.
"use strict";
const routes = document.getElementById("routes-form");
const told = document.getElementById("told");
routes.classList.add("sortable");

function title(item) {
  if (item.dataset.name) return item.dataset.name;
  const where = item.querySelector("input[name^=where-]").value.trim();
  return `${item.querySelector("select").selectedOptions[0].text}, ${where || "everywhere"}`;
}

function tellPlace(item) {
  const all = [...item.parentElement.children];
  told.textContent = `${title(item)} is now ${all.indexOf(item) + 1} of ${all.length}. Not saved yet.`;
}

// It is always the neighbour that is moved, so that the item keeps the focus and the pointer.
function step(item, neighbour) {
  if (neighbour === item.nextElementSibling) item.before(neighbour);
  else item.after(neighbour);
}

routes.addEventListener("click", (click) => {
  const button = click.target.closest("button[data-move]");
  if (!button) return;
  click.preventDefault();
  const item = button.closest("li");
  const neighbour = button.dataset.move === "up" ? item.previousElementSibling : item.nextElementSibling;
  if (neighbour) step(item, neighbour);
  tellPlace(item);
});

const middle = (item) => {
  const { top, height } = item.getBoundingClientRect();
  return top + height / 2;
};

routes.addEventListener("pointerdown", (down) => {
  const grip = down.target.closest(".grip");
  if (!grip || down.button !== 0) return;
  down.preventDefault();
  const item = grip.closest("li");
  const list = item.parentElement;
  const before = [...list.children];
  const over = new AbortController();
  const end = (kept) => {
    over.abort();
    item.classList.remove("dragged");
    if (!kept) list.append(...before);
    if (before.some((one, place) => one !== list.children[place])) tellPlace(item);
  };
  grip.setPointerCapture(down.pointerId);
  item.classList.add("dragged");
  grip.addEventListener("pointermove", ({ clientY }) => {
    for (let next; (next = item.nextElementSibling) && clientY > middle(next);) step(item, next);
    for (let last; (last = item.previousElementSibling) && clientY < middle(last);) step(item, last);
  }, { signal: over.signal });
  grip.addEventListener("pointerup", () => end(true), { signal: over.signal });
  grip.addEventListener("pointercancel", () => end(false), { signal: over.signal });
  addEventListener("keydown", ({ key }) => { if (key === "Escape") end(false); }, { signal: over.signal });
});
