// What makes the reference quicker to use: the index is searched while one types, and in development an operation is tried from its
// page. Everything can be read without it.
"use strict";
{
  const menu = document.querySelector(".menu");
  if (matchMedia("(max-width: 60rem)").matches) menu.open = false;

  const field = document.getElementById("q");
  const found = document.getElementById("found");
  if (found) {
    const lines = [...document.querySelectorAll(".index li")].map((line) => [line, line.textContent.toLowerCase()]);
    const search = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const [line, text] of lines) {
        line.hidden = !words.every((word) => text.includes(word));
        if (!line.hidden) count++;
      }
      for (const group of document.querySelectorAll("main section")) group.hidden = !group.querySelector("li:not([hidden])");
      found.textContent = words.length === 0 ? "" : count === 1 ? "1 operation" : `${count} operations`;
    };
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    field.addEventListener("input", search);
    field.form.addEventListener("submit", (sent) => {
      sent.preventDefault();
      document.querySelector(".index li:not([hidden]) a")?.focus();
    });
    search();
  }
  addEventListener("keydown", (pressed) => {
    if (pressed.key !== "/" || pressed.ctrlKey || pressed.metaKey || /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    pressed.preventDefault();
    field.focus();
  });

  for (const code of document.querySelectorAll("main pre:not([data-answer])")) {
    const block = document.createElement("div");
    const button = document.createElement("button");
    block.className = "block";
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code); // clipboard access needs https or localhost
        button.textContent = "Selected: press Ctrl+C";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    code.replaceWith(block);
    block.append(code, button);
  }

  for (const trial of document.querySelectorAll("[data-try]")) {
    trial.hidden = false;
    const answer = trial.querySelector("[data-answer]");
    trial.querySelector("button").addEventListener("click", async () => {
      let path = trial.dataset.path;
      for (const variable of trial.querySelectorAll("[data-variable]"))
        path = path.replace(`{${variable.dataset.variable}}`, encodeURIComponent(variable.value));
      const query = trial.querySelector("[data-query]").value.trim().replace(/^\?/, "");
      const body = trial.querySelector("[data-body]");
      const token = document.getElementById("token").value.trim();
      const headers = {};
      if (token) headers.Authorization = `Bearer ${token}`;
      if (body) headers["Content-Type"] = "application/json";
      answer.hidden = false;
      answer.textContent = "…";
      try {
        const said = await fetch(query ? `${path}?${query}` : path, { method: trial.dataset.method, headers, body: body?.value, credentials: "omit", redirect: "manual" });
        let text = await said.text();
        try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* no JSON: as it is */ }
        answer.textContent = `${said.status || "a redirect"} ${said.statusText}\n${text}`.trim();
      } catch (failure) {
        answer.textContent = String(failure);
      }
    });
  }
}
