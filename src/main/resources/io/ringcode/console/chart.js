// The bars of a chart are gone through by arrow keys, and the values of the one that is pointed at stand above it.
"use strict";
for (const chart of document.querySelectorAll("[data-chart]")) {
  const bars = [...chart.querySelectorAll("svg a")];
  const readout = chart.querySelector("[data-readout]");
  const most = readout.textContent;
  const show = (bar) => { readout.textContent = bar ? bar.getAttribute("aria-label") : most; };
  const focused = () => bars.find((bar) => bar === document.activeElement);
  for (const bar of bars) {
    bar.addEventListener("pointerenter", () => show(bar));
    bar.addEventListener("focus", () => show(bar));
    bar.addEventListener("blur", () => show(null));
  }
  chart.addEventListener("pointerleave", () => show(focused()));
  chart.addEventListener("keydown", (pressed) => {
    const at = bars.indexOf(document.activeElement);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[pressed.key];
    if (at < 0 || next === undefined || !bars[next]) return;
    pressed.preventDefault();
    bars[at].setAttribute("tabindex", "-1");
    bars[next].setAttribute("tabindex", "0");
    bars[next].focus();
  });
}
