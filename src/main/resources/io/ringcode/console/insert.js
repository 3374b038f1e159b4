// A variable that is pressed goes into the text, where the cursor is; without JavaScript it is a list to type from.
"use strict";
{
  let last = null;
  document.addEventListener("focusin", ({ target }) => { if (target.matches("textarea")) last = target; });
  for (const code of document.querySelectorAll("code[data-insert]")) {
    const fields = code.dataset.insert.split(" ").map((id) => document.getElementById(id));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "insert";
    button.title = "Insert";
    code.replaceWith(button);
    button.append(code);
    button.addEventListener("click", () => {
      const field = fields.includes(last) ? last : fields[0];
      field.focus();
      field.setRangeText(code.textContent, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
