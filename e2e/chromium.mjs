// What every script does with Chromium: start it, hold a page to the rules of accessibility.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param more arguments of Chromium */
export const launch = (...more) => chromium.launch({
  executablePath: process.env.RINGCODE_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
});

/** The rules come with each document rather than for each call: the browser is sent them once. */
export const bringRules = (context) => context.addInitScript(`if (location.protocol !== "about:") { ${axe} }`);

/** What breaks a rule, a sentence each. */
export async function broken(page) {
  const { violations } = await page.evaluate((rules) => window.axe.run({ runOnly: rules, resultTypes: ["violations"] }), RULES);
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html + node.failureSummary).join(" ")}`);
}
