// The command palette: Ctrl+K or Cmd+K finds pages, settings, users, messages and applications. The search form does the same without it.
"use strict";
{
  const WAIT_MS = 120;
  const field = document.querySelector("[data-palette]");
  const key = document.querySelector("[data-palette-key]");
  if (/Mac|iPhone|iPad/.test(navigator.platform)) key.textContent = "⌘ K";
  key.hidden = false;

  const palette = document.createElement("dialog");
  palette.className = "palette";
  palette.setAttribute("aria-label", "Search the console");
  palette.innerHTML = `<input type="text" role="combobox" aria-label="Search the console" aria-expanded="true" aria-autocomplete="list"
    aria-controls="palette-list" placeholder="Pages, settings, users, messages" autocomplete="off" spellcheck="false" maxlength="200">
    <div id="palette-list" role="listbox" aria-label="Results"></div>
    <p class="hint" role="status"></p>`;
  const [input, list, told] = palette.children;
  document.body.append(palette);

  let asked = new AbortController();
  let timer = 0;
  let shownFor = null;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(groups) {
    let count = 0;
    list.replaceChildren(...groups.map((group) => {
      const part = document.createElement("div");
      part.setAttribute("role", "group");
      part.setAttribute("aria-label", group.dataset.group);
      const title = document.createElement("p");
      title.textContent = group.dataset.group;
      title.setAttribute("role", "presentation");
      part.append(title);
      for (const link of group.querySelectorAll("a")) {
        const option = document.createElement("div");
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.id = `palette-${count++}`;
        option.dataset.address = link.getAttribute("href");
        const name = document.createElement("span");
        name.textContent = link.textContent;
        option.append(name);
        const hint = link.parentElement.querySelector(".hint");
        if (hint) option.append(" ", hint);
        part.append(option);
      }
      return part;
    }));
    told.textContent = count === 0 ? "No results." : `${count} ${count === 1 ? "result" : "results"}. Up and Down choose, Enter opens.`;
    choose(options()[0]);
  }

  async function ask() {
    const q = input.value;
    asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`/console/find?q=${encodeURIComponent(q)}`, { headers: { "HX-Request": "true" }, signal: asked.signal });
      if (answer.headers.has("HX-Refresh")) return location.reload();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      shownFor = q;
      show([...page.querySelectorAll("[data-group]")]);
    } catch (failure) {
      if (failure.name !== "AbortError") told.textContent = "The search cannot be reached. Press Enter to try again.";
    }
  }

  function open() {
    if (palette.open) return;
    document.getElementById("menu").hidePopover?.();
    palette.showModal();
    input.select();
    ask();
  }

  addEventListener("keydown", (press) => {
    if ((press.ctrlKey || press.metaKey) && !press.altKey && !press.shiftKey && press.key.toLowerCase() === "k") {
      press.preventDefault();
      if (palette.open) palette.close();
      else open();
    }
  });
  field.addEventListener("click", open);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", async (press) => {
    const all = options();
    const at = all.indexOf(chosen());
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, PageDown: all.length - 1, PageUp: 0 }[press.key];
    if (to !== undefined && all.length > 0) {
      press.preventDefault();
      choose(all[to % all.length]);
    }
    if (press.key === "Enter") {
      press.preventDefault();
      // The question that waits for more letters would call off this one.
      clearTimeout(timer);
      if (shownFor !== input.value) await ask();
      if (chosen() && shownFor === input.value) location.href = chosen().dataset.address;
    }
  });
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) location.href = option.dataset.address;
  });
  palette.addEventListener("click", ({ target }) => { if (target === palette) palette.close(); });
}
