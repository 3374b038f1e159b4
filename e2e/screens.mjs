// Every screen as the server writes it, in a real Chromium: pictured, measured, and held to the rules of accessibility.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { assert, call } from "./calls.mjs";
import { bringRules, broken, launch } from "./chromium.mjs";

const pages = JSON.parse(readFileSync(process.env.RINGCODE_PAGES, "utf8"));
const pictures = process.env.RINGCODE_PICTURES;
const port = process.env.RINGCODE_PORT;
const sessions = new WeakMap();
const LARGEST = 60 * 1024;
const LEAST_TARGET = 44;
const LOOKS = {
  phone: { viewport: { width: 390, height: 844 } },
  dark: { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  narrow: { viewport: { width: 320, height: 640 } },
  desktop: { viewport: { width: 1280, height: 800 } },
};
mkdirSync(pictures, { recursive: true });

const browser = await launch(
  "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessChecks", "--host-resolver-rules=MAP *.test 127.0.0.1");

/** The rules see no difference between languages, and between widths only what is measured here anyway. */
function isJudged(language, kind) {
  return (language === "en" && kind !== "narrow") || kind === "dark";
}

/** What people can press, in pixels; links within sentences are left out (WCAG 2.5.8). */
function tooSmall(least) {
  return [...document.querySelectorAll("button, input:not([type=hidden]), select, a")]
    .map((target) => ({ target: target.closest("label") ?? target, box: (target.closest("label") ?? target).getBoundingClientRect() }))
    .filter(({ target, box }) => box.width > 0 && box.bottom > 0 && !target.closest("p:not(.keep, .resend), .alert"))
    .filter(({ box }) => box.height < least)
    .map(({ target, box }) => `${target.outerHTML.slice(0, 80)} is ${box.height} high`);
}

/** The whole page; Playwright's own call waits for several frames first, which takes longer than all else here. */
async function picture(page, path) {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  const { data } = await session.send("Page.captureScreenshot", { format: "jpeg", quality: 80, captureBeyondViewport: true });
  writeFileSync(path, data, "base64");
}

async function look(page, { name, host, look: kind, csp, file }, language) {
  const complaints = [];
  const origin = `http://${host}:${port}`;
  const html = readFileSync(file, "utf8");
  const listen = {
    console: (message) => { if (["error", "warning"].includes(message.type())) complaints.push(message.text()); },
    pageerror: (failure) => complaints.push(String(failure)),
    request: (request) => { if (!request.url().startsWith(origin)) complaints.push(`asked ${request.url()}`); },
  };
  for (const [event, hear] of Object.entries(listen)) page.on(event, hear);
  await page.route(`${origin}/u/page`, (route) =>
    route.fulfill({ contentType: "text/html;charset=utf-8", headers: { "content-security-policy": csp }, body: html }));
  await page.route("**/u/message-state*", (route) => route.fulfill({ status: 404, body: "" }));
  await page.route("https://app.example/**", (route) => route.abort());
  if (name === "onward") await page.route("**/authorize/resume*", (route) => route.fulfill({ status: 204 }));
  if (name === "form-post") await page.route("**/pages.js*", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  try {
    await page.goto(`${origin}/u/page`, { waitUntil: "load" });
    assert.deepEqual(complaints, []);
    await picture(page, `${pictures}/${language}-${kind}-${name}.jpg`);
    const wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert.ok(wide <= 0, `${wide} pixels too wide`);
    assert.deepEqual(await page.evaluate(tooSmall, LEAST_TARGET), []);
    const size = await page.evaluate(() => performance.getEntriesByType("resource").reduce((sum, entry) => sum + entry.decodedBodySize, 0));
    assert.ok(size + Buffer.byteLength(html) < LARGEST, `weighs ${size + Buffer.byteLength(html)} bytes`);
    if (!isJudged(language, kind)) return;
    assert.deepEqual(await broken(page), []);
  } finally {
    // A page that asks again and again would do so past the routes, and be complained of under the next one's name.
    await page.goto("about:blank");
    for (const [event, hear] of Object.entries(listen)) page.off(event, hear);
    await page.unrouteAll();
  }
}

const groups = new Map();
for (const page of pages) {
  const group = `${page.file.split("/").at(-1).slice(0, 2)} ${page.look} ${page.host}`;
  groups.set(group, [...(groups.get(group) ?? []), page]);
}
for (const [group, members] of groups) {
  const [language, kind] = group.split(" ");
  await call(`${members.length} pages, ${language}, ${kind}, ${members[0].host}`, async () => {
    const context = await browser.newContext({ ...LOOKS[kind], locale: language });
    if (isJudged(language, kind)) await bringRules(context);
    const page = await context.newPage();
    const failures = [];
    for (const member of members)
      try {
        await look(page, member, language);
      } catch (failure) {
        failures.push(`${member.name}: ${failure.message}`);
      }
    await context.close();
    assert.deepEqual(failures, []);
  });
}
await browser.close();
