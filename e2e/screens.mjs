// Every page as the server writes it, in a real Chromium: pictured, measured, held to the rules of accessibility, and looked at as its blocks
// in each view, for the test that started this to compare. A page is loaded once and then turned, since loading takes longest.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { intoBoxes } from "./boxes.mjs";
import { assert, call } from "./calls.mjs";
import { broken, launch, OF_COLORS } from "./chromium.mjs";

const pages = JSON.parse(readFileSync(process.env.RINGCODE_PAGES, "utf8"));
const pictures = process.env.RINGCODE_PICTURES && join(process.env.RINGCODE_PICTURES, basename(dirname(process.env.RINGCODE_PAGES)));
const looks = process.env.RINGCODE_LOOKS;
const port = process.env.RINGCODE_PORT;
const atRest = process.env.RINGCODE_SHOT === "AT_REST";
/** How a page asks for news, of which there are none. */
const ASKED = ["XHR", "Fetch", "EventSource"];
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const LOOKS = {
  phone: { viewport: phone, colorScheme: "light" },
  narrow: { viewport: { width: 320, height: 640 }, colorScheme: "light" },
  desktop: { viewport: desktop, colorScheme: "light" },
  dark: { viewport: desktop, colorScheme: "dark" },
};
/** What a view is of; from right to left, and all others, a page stays as it came. */
const VIEWS = { light: LOOKS.desktop, dark: LOOKS.dark, phone: LOOKS.phone };
/** So many pages are open at a time: most of the time passes with one process waiting for another. */
const TABS = 3;
/** So small is the picture of a page's blocks, which has no details. */
const SCALE = 0.5;
/** Pixels of a page of which there is a look; below, the longest lists go on as they began. */
const SEEN = 6000;
const TRIES = 20;
for (const folder of [pictures, looks].filter(Boolean)) mkdirSync(folder, { recursive: true });

const browser = await launch(
  "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessChecks", "--host-resolver-rules=MAP *.test 127.0.0.1");

/** What people can press, in pixels; links within sentences are left out (WCAG 2.5.8). */
function tooSmall(least) {
  return [...document.querySelectorAll("button, input:not([type=hidden]), select, a")]
    .map((target) => ({ target: target.closest("label") ?? target, box: (target.closest("label") ?? target).getBoundingClientRect() }))
    .filter(({ target, box }) => box.width > 0 && box.bottom > 0 && !target.closest("p:not(.keep, .resend), .alert"))
    .filter(({ box }) => box.height < least)
    .map(({ target, box }) => `${target.outerHTML.slice(0, 80)} is ${box.height} high`);
}

/** The whole page; Playwright's own call waits for several frames first, which takes longer than all else here. */
async function picture({ session }, how) {
  const { data } = await session.send("Page.captureScreenshot", { captureBeyondViewport: true, ...how });
  return data;
}

/** Where it must be at rest, taken until two in a row are the same: parts of a page may come after the rest of it. */
async function pictureOfBlocks(tab) {
  const { page } = tab;
  const height = await page.evaluate("scrollTo(0, 0), document.documentElement.scrollHeight");
  const { width } = page.viewportSize();
  const clip = { x: 0, y: 0, width, height: Math.min(height, SEEN), scale: SCALE };
  let before;
  for (let tries = 0; tries < TRIES; tries++) {
    const now = await picture(tab, { format: "png", optimizeForSpeed: true, clip });
    if (!atRest || now === before) return now;
    before = now;
  }
  throw new Error("does not come to rest");
}

/** A page in a view; from right to left whatever its language is, and back. */
async function turn(page, kind, view) {
  const { viewport, colorScheme } = VIEWS[view] ?? LOOKS[kind];
  if (page.viewportSize().width !== viewport.width) await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  await page.evaluate((dir) => {
    const root = document.documentElement;
    root.dataset.dir ??= root.dir;
    root.dir = dir ?? root.dataset.dir;
  }, view === "rtl" ? "rtl" : null);
}

/** A browser that does not answer is reported, and the pages after it are looked at all the same. */
function soon(work) {
  let late;
  const waiting = new Promise((_, reject) => { late = setTimeout(() => reject(new Error("no answer for two minutes")), 120_000); });
  return Promise.race([work, waiting]).finally(() => clearTimeout(late));
}

/**
 * Where pages are opened one after the other. What is answered here instead of by the server is named to Chromium, rather than asked of
 * this process for each address, with which there would be no cache for what all pages have.
 */
class Tab {
  complaints = [];

  static async open(context) {
    const tab = new Tab();
    tab.page = await context.newPage();
    tab.session = await context.newCDPSession(tab.page);
    tab.page.on("console", (message) => { if (["error", "warning"].includes(message.type())) tab.complaints.push(message.text()); });
    // What the page before still had to say is not the next one's.
    tab.page.on("framenavigated", (frame) => { if (frame === tab.page.mainFrame()) tab.complaints.length = 0; });
    tab.page.on("pageerror", (failure) => tab.complaints.push(String(failure)));
    tab.page.on("request", (request) => { if (!request.url().startsWith(tab.origin)) tab.complaints.push(`asked ${request.url()}`); });
    tab.session.on("Fetch.requestPaused", (request) => tab.answer(request).catch((failure) => {
      // What a page asked for when it was left needs no answer any more.
      if (!/Invalid InterceptionId/.test(failure)) tab.complaints.push(String(failure));
    }));
    return tab;
  }

  /** The page that it is to have next. */
  async expect({ name, host, csp, file }) {
    this.origin = `http://${host}:${port}`;
    this.html = readFileSync(file, "utf8");
    const look = join(dirname(file), "look.css");
    // The first that fits.
    this.answers = [
      { urlPattern: `${this.origin}/u/page`, type: "text/html;charset=utf-8", csp, body: this.html },
      { urlPattern: "https://app.example/*" },
      { urlPattern: "*/u/message-state*", status: 404 },
      { urlPattern: "*/console/settings/look.css*", type: "text/css", body: existsSync(look) ? readFileSync(look) : "" },
      ...(name === "onward" ? [{ urlPattern: "*/authorize/resume*", status: 204 }] : []),
      ...(name === "form-post" ? [{ urlPattern: "*/pages.js*", type: "text/javascript", body: "" }] : []),
      ...ASKED.map((resourceType) => ({ urlPattern: `${this.origin}/*`, resourceType, status: 204 })),
    ];
    await this.session.send("Fetch.enable", { patterns: this.answers.map(({ urlPattern, resourceType }) => ({ urlPattern, resourceType })) });
  }

  async answer({ requestId, request: { url }, resourceType: type }) {
    const { status = 200, type: contentType, csp, body } = this.answers.find(({ urlPattern, resourceType = type }) =>
      resourceType === type && urlPattern.split("*").every((part) => url.includes(part)));
    if (status === 200 && body === undefined) return this.session.send("Fetch.failRequest", { requestId, errorReason: "Aborted" });
    const headers = { "content-type": contentType, "content-security-policy": csp };
    return this.session.send("Fetch.fulfillRequest", {
      requestId,
      responseCode: status,
      responseHeaders: Object.entries(headers).filter(([, value]) => value).map(([name, value]) => ({ name, value })),
      body: Buffer.from(body ?? "").toString("base64"),
    });
  }
}

async function look(tab, member, language) {
  const { look: kind, views, compared, judged, target, largest, name } = member;
  const { page, complaints } = tab;
  // The page before was a phone's at last, and some pages lay themselves out for the width that they find when they come.
  await page.setViewportSize(LOOKS[kind].viewport);
  await tab.expect(member);
  await page.goto(`${tab.origin}/u/page`, { waitUntil: "load" });
  assert.deepEqual(complaints, []);
  let rules;
  for (const view of views) {
    await turn(page, kind, view);
    if (pictures) writeFileSync(`${pictures}/${language}-${view}-${name}.jpg`, await picture(tab, { format: "jpeg", quality: 80 }), "base64");
    const wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert.ok(wide <= 0, `${wide} pixels too wide, ${view}`);
    if (target) assert.deepEqual(await page.evaluate(tooSmall, target), []);
    const cut = await page.$$eval("table.cards", (all) => all.filter((one) => one.parentElement.scrollWidth > one.parentElement.clientWidth).length);
    assert.equal(cut, 0, `a table is cut off, ${view}`);
    if (judged.includes(view)) assert.deepEqual(await broken(page, rules), [], view);
    if (judged.includes(view)) rules = OF_COLORS;
  }
  const parts = await page.evaluate(() => performance.getEntriesByType("resource").filter((entry) => !/htmx\.js/.test(entry.name))
    .map((entry) => [new URL(entry.name).pathname, entry.decodedBodySize]));
  const size = parts.reduce((sum, [, part]) => sum + part, Buffer.byteLength(tab.html));
  assert.ok(size < largest, `weighs ${size} bytes: ${Buffer.byteLength(tab.html)}, ${parts.join(" ")}`);
  if (!compared.length) return;
  await intoBoxes(page);
  for (const view of compared) {
    await turn(page, kind, view);
    writeFileSync(`${looks}/${view} ${name}.png`, await pictureOfBlocks(tab), "base64");
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
    const context = await browser.newContext({ ...LOOKS[kind], locale: language, timezoneId: "UTC" });
    const left = [...members];
    const failures = [];
    const work = async () => {
      let tab = await Tab.open(context);
      for (let member = left.shift(); member; member = left.shift())
        try {
          await soon(look(tab, member, language));
        } catch (failure) {
          failures.push(`${member.name}: ${failure.message}`);
          tab = await Tab.open(context);
        }
    };
    await Promise.all(Array.from({ length: Math.min(TABS, members.length) }, work));
    await context.close();
    assert.deepEqual(failures, []);
  });
}
await browser.close();
