// On a wide screen, a row of a list opens its whole story beside the list; elsewhere its link leads to a page of its own.
"use strict";
{
  const WIDE = matchMedia("(min-width: 75.01rem)");
  const story = document.getElementById("story");
  const split = story?.parentElement;
  let opened = null;

  function mark(link) {
    for (const row of split.querySelectorAll("tr[aria-current]")) row.removeAttribute("aria-current");
    link?.closest("tr").setAttribute("aria-current", "true");
  }

  async function open(link) {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return location.assign(link.href);
    story.innerHTML = await answer.text();
    split.classList.add("open");
    opened = link.href;
    mark(link);
    document.dispatchEvent(new CustomEvent("console:shown", { detail: story }));
    const url = new URL(location.href);
    url.searchParams.set("open", decodeURIComponent(link.href.split("/").pop()));
    history.replaceState(null, "", url);
    document.getElementById("story-title").focus();
  }

  function close() {
    const link = [...split.querySelectorAll("a[data-story]")].find((one) => one.href === opened) ?? split.querySelector("tr[aria-current] a");
    story.replaceChildren();
    split.classList.remove("open");
    mark(null);
    const url = new URL(location.href);
    url.searchParams.delete("open");
    history.replaceState(null, "", url);
    link?.focus();
  }

  split?.addEventListener("click", (click) => {
    if (click.ctrlKey || click.metaKey || click.shiftKey) return;
    const link = click.target.closest("a[data-story]");
    if (link && WIDE.matches) {
      click.preventDefault();
      open(link);
    } else if (click.target.closest("[data-close]") && WIDE.matches) {
      click.preventDefault();
      close();
    }
  });
  split?.addEventListener("keydown", ({ key }) => { if (key === "Escape" && split.classList.contains("open")) close(); });
  // The list renews itself; the row that is open stays marked.
  document.addEventListener("htmx:load", () => {
    if (split?.classList.contains("open") && opened) mark([...split.querySelectorAll("a[data-story]")].find((one) => one.href === opened));
  });
}
