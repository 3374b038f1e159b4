// A button copies the value, or the text, of what it names; without JavaScript it is not there.
"use strict";
{
  const TOLD_MS = 2000;
  function arm(part) {
    for (const button of part.querySelectorAll("button[data-copy]")) {
      if (!button.hidden) continue;
      button.hidden = false;
      button.dataset.words = button.textContent;
      const place = document.getElementById(button.dataset.copy);
      if (!button.hasAttribute("aria-label") && button.textContent.trim() === "Copy") button.setAttribute("aria-describedby", button.dataset.copy);
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(place.value ?? place.textContent);
          button.textContent = "Copied";
        } catch {
          if (place.select) place.select();
          else getSelection().selectAllChildren(place);
          button.textContent = "Selected: copy it by the keyboard";
        }
        setTimeout(() => { button.textContent = button.dataset.words; }, TOLD_MS);
      });
    }
  }
  arm(document);
  document.addEventListener("console:shown", ({ detail }) => arm(detail));
}
