// Scripts in colours: behind the text field, which stays as it is, lies the same text once more, coloured by Prism.
"use strict";
for (const field of document.querySelectorAll("textarea.script")) {
  const editor = document.createElement("div");
  editor.className = "editor";
  const [numbers, colours] = ["numbers", "colours"].map((name) => {
    const layer = document.createElement("pre");
    layer.className = name;
    layer.setAttribute("aria-hidden", "true");
    return layer;
  });
  field.replaceWith(editor);
  editor.append(numbers, colours, field);

  let lines = 0;
  const paint = () => {
    const { value } = field;
    // The last line has no end, but takes a line's height in a text field.
    colours.innerHTML = Prism.highlight(value, Prism.languages.javascript, "javascript") + "\n";
    const count = value.split("\n").length;
    if (count !== lines) numbers.textContent = Array.from({ length: count }, (_, line) => line + 1).join("\n");
    lines = count;
    follow();
  };
  const follow = () => {
    colours.scrollTop = numbers.scrollTop = field.scrollTop;
    colours.scrollLeft = field.scrollLeft;
  };
  let frame = 0;
  field.addEventListener("input", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(paint);
  });
  field.addEventListener("scroll", follow);
  new ResizeObserver(follow).observe(field);
  addEventListener("pageshow", paint);
  paint();
}
