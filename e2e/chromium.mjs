// What every script does with Chromium: start it, hold a page to the rules of accessibility.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param more arguments of Chromium */
export const launch = (...more) => chromium.launch({
  executablePath: process.env.RINGCODE_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
});

/** A picture for people to look at, where they are asked for: it takes longer than all else that is done with a page. */
export async function keepPicture(page, name, how = {}) {
  if (process.env.RINGCODE_PICTURES) await page.screenshot({ path: join(process.env.RINGCODE_PICTURES, `${name}.png`), ...how });
}

/** The rules that see a difference between light and dark. */
export const OF_COLORS = { type: "rule", values: ["color-contrast"] };

/** What breaks a rule, a sentence each. */
export async function broken(page, rules = RULES) {
  if (!(await page.evaluate("Boolean(window.axe)"))) await page.evaluate(axe);
  // All that was looked at is not worth its way from there to here.
  const violations = await page.evaluate(async (only) => (await window.axe.run({ runOnly: only, resultTypes: ["violations"] })).violations, rules);
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html + node.failureSummary).join(" ")}`);
}
