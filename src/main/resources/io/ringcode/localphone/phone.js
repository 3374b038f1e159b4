// Keeps an open page up to date. Without it the page reloads itself every few seconds.
(() => {
  const root = document.documentElement;
  const page = document.body;
  const rows = document.getElementById("rows");
  const status = document.getElementById("status");
  const title = document.title;
  root.classList.add("js");

  const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });

  function localTimes(within) {
    for (const time of within.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      const today = at.toDateString() === new Date().toDateString();
      time.textContent = (today ? clock : day).format(at);
      time.title = at.toLocaleString();
    }
  }

  function toTheEnd(bubbles) {
    bubbles.parentElement.scrollTop = 0; // a reversed column counts from its end
  }

  function bubblesOf(number) {
    return document.querySelector(`.thread[data-to="${CSS.escape(number)}"] .bubbles`);
  }

  async function copy(button) {
    const code = button.dataset.code;
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      // Clipboard access needs https or localhost; a selection can be copied by hand anywhere.
      getSelection().selectAllChildren(button.closest(".code").querySelector("data"));
      status.textContent = "Code selected. Press Ctrl+C to copy it.";
      return;
    }
    button.textContent = "Copied";
    status.textContent = "Code copied";
    setTimeout(() => {
      button.textContent = "Copy";
      status.textContent = "";
    }, 2000);
  }

  function element(html) {
    const template = document.createElement("template");
    template.innerHTML = html; // from our own server, which escaped every text in it
    return template.content.firstElementChild;
  }

  function arrive({ to, row, bubble }) {
    const bubbles = bubblesOf(to);
    if (!bubbles && page.classList.contains("at-list")) {
      // Nothing was chosen, so the page shows whatever is latest.
      location.reload();
      return;
    }
    const old = [...rows.children].find((one) => one.dataset.to === to);
    const fresh = element(row);
    fresh.querySelector("input").checked = old ? old.querySelector("input").checked : false;
    old?.remove();
    localTimes(fresh);
    rows.prepend(fresh);
    if (bubbles) {
      fresh.querySelector("a").setAttribute("aria-current", "true");
      const arrived = element(bubble);
      localTimes(arrived);
      arrived.classList.add("fresh");
      bubbles.append(arrived);
      toTheEnd(bubbles);
    } else {
      fresh.classList.add("unread");
    }
    if (document.hidden) document.title = "• " + title;
  }

  document.addEventListener("click", (click) => {
    const button = click.target.closest("button.copy");
    if (button) copy(button);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.title = title;
  });

  localTimes(document);
  for (const bubbles of document.querySelectorAll(".bubbles")) toTheEnd(bubbles);
  const events = new EventSource("/dev/phone/events?after=" + encodeURIComponent(page.dataset.latest));
  events.addEventListener("message", (event) => arrive(JSON.parse(event.data)));
})();
