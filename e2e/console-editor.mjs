// What the console's JavaScript does on the pages of routes, scripts and the log; each is looked at in light, dark and on a phone.
import { become, signIn } from "./administrator.mjs";
import { close, origin, Visitor } from "./browser.mjs";
import { assert, call, manage } from "./calls.mjs";

const desktop = { viewport: { width: 1280, height: 900 } };
/** Pages that renew themselves bring 50 KB of htmx. */
const WITH_HTMX = 120 * 1024;
const ROUTES = "guardian/factors/phone/routes";

const boss = await Visitor.come("console-editor", desktop);
const { page } = boss;
await boss.page.goto(`${origin}/console/first?token=${process.env.RINGCODE_TOKEN}`);
await become(boss);
const dark = await signIn("console-editor-dark", { ...desktop, colorScheme: "dark" });
const small = await signIn("console-editor-small", { colorScheme: "dark" });

async function lookEverywhere(path, picture) {
  await boss.look(path, picture, WITH_HTMX);
  for (const visitor of [dark, small]) {
    await visitor.page.goto(page.url());
    await visitor.look(path, picture, WITH_HTMX);
  }
}

const focused = () => page.evaluate("document.activeElement.id");
const carriersOf = (key) => page.$$eval(`[name=carriers-${key}]`, (all) => all.map((one) => one.value));
const keys = () => page.$$eval("[name=route]", (all) => all.map((one) => one.value));
const hasFocus = (id) => page.waitForSelector(`#${id}:focus`);
const isTold = (words) => page.waitForSelector(`#told >> text=${words}`);

/** From the middle of one to the middle of another, in steps, as a hand does it. */
async function drag(from, to, end = () => page.mouse.up()) {
  for (const selector of [to, from]) await page.locator(selector).scrollIntoViewIfNeeded();
  const [start, goal] = await Promise.all([from, to].map((selector) => page.locator(selector).boundingBox()));
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2, goal.y + goal.height / 2, { steps: 20 });
  await page.mouse.move(start.x + start.width / 2, goal.y + (goal.y > start.y ? goal.height + 4 : -4), { steps: 5 });
  await end();
}

await manage("PUT", ROUTES, {
  routes: [
    { channel: "sms", countries: ["DE", "AT"], prefixes: ["+4915"], providers: ["twilio", "infobip", "mitto"] },
    { channel: "voice", countries: [], prefixes: [], providers: ["twilio", "vonage"] },
  ],
});
await page.goto(`${origin}/console/routes`);

await call("routes: by keyboard, with the focus kept and the place told", async () => {
  await lookEverywhere("/console/routes", "routes");
  await page.focus("#up-0-mitto");
  await page.keyboard.press("Enter");
  await isTold("Mitto is now 2 of 3. Not saved yet.");
  assert.equal(await focused(), "up-0-mitto");
  await page.keyboard.press("Space");
  await isTold("Mitto is now 1 of 3.");
  await page.keyboard.press("Space");
  assert.equal(await focused(), "up-0-mitto");
  assert.deepEqual(await carriersOf(0), ["mitto", "twilio", "infobip"]);
  assert.equal(await page.getAttribute("#told", "role"), "status");
  await page.getByRole("button", { name: "Move the route down" }).first().press("Enter");
  await isTold("SMS, DE AT +4915 is now 2 of 2.");
  assert.deepEqual(await keys(), ["1", "0"]);
});
await call("routes: by dragging", async () => {
  await drag("[data-name=Infobip] .grip", "[data-name=Mitto] .grip");
  await isTold("Infobip is now 1 of 3.");
  assert.deepEqual(await carriersOf(0), ["infobip", "mitto", "twilio"]);
  await drag("[data-name=Infobip] .grip", "[data-name=Mitto] .grip", async () => {
    assert.deepEqual(await carriersOf(0), ["mitto", "infobip", "twilio"]);
    await page.keyboard.press("Escape");
    await page.mouse.up();
  });
  assert.deepEqual(await carriersOf(0), ["infobip", "mitto", "twilio"], "given up by Escape");
  await drag(".routes > li:nth-child(2) .grip >> nth=0", ".routes > li:nth-child(1) .grip >> nth=0");
  assert.deepEqual(await keys(), ["0", "1"]);
});
await call("routes: carriers added and taken out, and saved", async () => {
  await page.selectOption("#added-1", "infobip");
  await page.click("#add-1");
  await isTold("Infobip is now 3 of 3.");
  await hasFocus("added-1");
  await page.click("#remove-1-vonage");
  await isTold("Vonage is removed.");
  await page.click("#up-1-infobip");
  assert.deepEqual(await carriersOf(1), ["infobip", "twilio"]);
  await page.click("#new");
  await hasFocus("channel-2");
  await page.click("#remove-2");
  await hasFocus("new");
  await page.focus("#where-1");
  await page.keyboard.type("FR");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".said");
  const stored = (await manage("GET", ROUTES)).routes;
  assert.deepEqual(stored.map((route) => route.providers), [["infobip", "mitto", "twilio"], ["infobip", "twilio"]]);
  assert.deepEqual(stored[1].countries, ["FR"]);
});
await call("routes: what is refused stands beside its route", async () => {
  await page.selectOption("#added-1", "sns");
  await page.click("#add-1");
  await isTold("Amazon SNS is now 3 of 3.");
  await page.keyboard.press("Escape");
  await page.click("main .primary >> nth=-1");
  await page.waitForSelector("#where-1-problem >> text=sns does not offer voice");
  await hasFocus("problem");
  await boss.look("/console/routes", "routes-refused", WITH_HTMX);
  assert.deepEqual(await carriersOf(1), ["infobip", "twilio", "sns"]);
});
await call("routes: without JavaScript", async () => {
  const visitor = await signIn("console-editor-plain", { ...desktop, javaScriptEnabled: false });
  await visitor.page.goto(`${origin}/console/routes`);
  await visitor.page.click("#down-0-infobip");
  await visitor.page.waitForSelector("#told >> text=Infobip is now 2 of 3.");
  await visitor.page.click("main .primary >> nth=-1");
  await visitor.page.waitForSelector(".said");
  assert.deepEqual((await manage("GET", ROUTES)).routes[0].providers, ["mitto", "infobip", "twilio"]);
  await visitor.leave();
});

const SCRIPT = "/console/hooks/new";
/** The weakest contrast of any coloured word with what is behind it, as WCAG 2 counts it. */
const weakest = (visitor) => visitor.page.evaluate(() => {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = numbers(colour).map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = light(getComputedStyle(document.querySelector(".colours")).backgroundColor);
  return Math.min(...[...document.querySelectorAll(".colours, .colours .token")].map((word) => {
    const [dim, bright] = [light(getComputedStyle(word).color), behind].sort((one, other) => one - other);
    return (bright + 0.05) / (dim + 0.05);
  }));
});
const coloured = () => page.textContent(".colours");
const isColoured = (text) => page.waitForFunction((wanted) => document.querySelector(".colours").textContent === wanted + "\n", text);

await call("scripts: in colours that can be read, in light and dark", async () => {
  await page.goto(`${origin}${SCRIPT}?example=twilio`);
  await lookEverywhere(SCRIPT, "script");
  for (const visitor of [boss, dark, small]) {
    assert.ok((await visitor.page.locator(".colours .keyword").count()) > 3);
    assert.ok((await weakest(visitor)) >= 4.5, `${await weakest(visitor)}`);
  }
  assert.equal(await coloured(), `${await page.inputValue("#script")}\n`);
});
await call("scripts: the field stays a field", async () => {
  const code = "// a comment\nmodule.exports = (recipient) => `<b>${recipient}</b>`;\n";
  await page.fill("#script", code);
  await isColoured(code);
  assert.equal(await page.textContent(".colours .comment"), "// a comment");
  assert.equal(await page.textContent(".numbers"), "1\n2\n3");
  await page.focus("#script");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("const a = 1;");
  await isColoured(`${code}const a = 1;`);
  await page.keyboard.press("Control+z");
  assert.ok((await page.inputValue("#script")).length < code.length + 12, "undone");
  await isColoured(await page.inputValue("#script"));
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "dependencies");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), "script");
});
await call("scripts: both texts lie on each other, wherever one is", async () => {
  await page.fill("#script", Array.from({ length: 300 }, (_, line) => `${"  ".repeat(line % 9)}call(${line}, "${"x".repeat(line)}");`).join("\n"));
  const lies = (low) => page.waitForFunction((low) => {
    const [field, ...others] = ["#script", ".colours", ".numbers"].map((one) => document.querySelector(one));
    return (field.scrollTop > 100) === low && (!low || field.scrollLeft > 0)
      && others.every((other) => other.scrollTop === field.scrollTop) && others[0].scrollLeft === field.scrollLeft;
  }, low);
  await page.focus("#script");
  for (const [key, low] of [["Control+End", true], ["Control+Home", false]]) {
    await page.keyboard.press(key);
    await lies(low);
  }
  const [field, colours] = await page.evaluate(() => ["#script", ".colours"].map((one) => {
    const style = getComputedStyle(document.querySelector(one));
    return ["font", "lineHeight", "letterSpacing", "tabSize", "whiteSpace", "paddingTop", "paddingLeft", "borderTopWidth", "borderLeftWidth"].map((name) => style[name]);
  }));
  assert.deepEqual(colours, field);
  await page.keyboard.press("Control+End");
  await boss.look(SCRIPT, "script-end", WITH_HTMX);
});
await call("scripts: what was typed comes back, and is saved as it is", async () => {
  await page.goto(`${origin}${SCRIPT}`);
  await boss.fill({ name: "coloured", script: "module.exports = (" });
  await page.click("section .primary");
  await page.waitForSelector("[role=alert] >> text=does not compile");
  assert.equal(await coloured(), "module.exports = (\n");
  const code = "module.exports = (recipient, text, context, cb) => cb(null, {});\n\t// the end";
  await boss.fill({ script: code });
  await page.click("section .primary");
  await page.waitForSelector(".said");
  const saved = (await manage("GET", "hooks")).find((hook) => hook.name === "coloured");
  assert.equal(saved.script, code);
  await page.click("text=View code");
  await page.waitForSelector("pre.code .token.comment");
  await boss.look(new URL(page.url()).pathname, "script-saved", WITH_HTMX);
});
await call("scripts: how far npm is, how it ended, and why", async () => {
  const hook = (await manage("GET", "hooks")).find((one) => one.name === "coloured");
  const at = `/console/hooks/${hook.id}`;
  const plain = await signIn("console-editor-plain-npm", { ...desktop, javaScriptEnabled: false });
  await page.goto(`${origin}${at}`);
  await boss.fill({ dependencies: "slow@1.0.0" });
  // Playwright looks at the page only when the form has its answer, so the page itself keeps what it showed.
  await page.evaluate(() => {
    for (const id of ["install", "install-told"])
      new MutationObserver(() => {
        const shown = document.getElementById(id).textContent.trim().replaceAll(/\s+/g, " ");
        sessionStorage[id] = JSON.stringify([...JSON.parse(sessionStorage[id] ?? "[]"), shown]);
      }).observe(document.getElementById(id), { childList: true });
  });
  const polls = [];
  page.on("response", (response) => { if (response.url().includes("/installs")) polls.push(response); });
  const underWay = page.waitForResponse((response) => response.url().includes("/installs") && response.status() === 200);
  await page.click("section .primary", { noWaitAfter: true });
  await underWay;
  const building = "[data-state=building] >> text=being installed";
  for (const visitor of [dark, small, plain]) {
    await visitor.page.goto(`${origin}${at}`);
    await visitor.page.waitForSelector(building);
    assert.match(await visitor.page.textContent("#install"), /for \d+ s now:\s+slow@1\.0\.0/);
    await visitor.look(at, "script-installing", WITH_HTMX);
  }
  await plain.page.goto(`${origin}/console/hooks`);
  await plain.page.click("text=Refresh");
  await plain.page.waitForSelector(building);
  while (polls.length < 3) await page.waitForResponse((response) => response.url().includes("/installs"));
  await fetch(`${process.env.RINGCODE_REGISTRY}/-/release/slow`);
  await page.waitForSelector(".said");
  await page.waitForSelector("[data-state=built] >> text=slow@1.0.0");
  const kept = (id) => page.evaluate((id) => JSON.parse(sessionStorage[id]), id);
  // A first poll may come before the installation has begun, and a last one may find it done before the form has its answer.
  const [shown, told] = await Promise.all(["install", "install-told"].map(kept));
  while (shown[0] === "") shown.shift();
  if (/^Packages were installed/.test(shown.at(-1))) shown.pop();
  if (told.at(-1) === "Packages were installed") told.pop();
  assert.ok(shown.length > 0);
  for (const one of shown) assert.match(one, /^Packages are being installed for \d+ s now: slow@1\.0\.0 npm /);
  assert.deepEqual(told, ["Packages are being installed"], "read out once");
  await boss.look(at, "script-installed", WITH_HTMX);
  await dark.page.waitForSelector("[data-state=built] >> text=were installed");
  assert.equal(await dark.page.textContent("#install-told"), "Packages were installed");
  await plain.page.goto(`${origin}${at}`);
  await plain.page.waitForSelector("[data-state=built]");
  await plain.leave();
  assert.deepEqual((await manage("GET", `hooks/${hook.id}`)).dependencies, { slow: "1.0.0" });

  await boss.fill({ dependencies: "no-such-package@1.0.0" });
  await page.click("section .primary");
  await page.waitForSelector("#problem >> text=E404");
  assert.equal(await page.inputValue("#dependencies"), "no-such-package@1.0.0");
  assert.equal(await page.locator("[data-state=failed]").count(), 0, "it is told once");
  await boss.look(at, "script-not-installed", WITH_HTMX);
  await dark.page.goto(`${origin}${at}`);
  await dark.page.waitForSelector("[data-state=failed] >> text=E404");
  await dark.look(at, "script-not-installed", WITH_HTMX);
});

await call("log: followed, without a word for each line", async () => {
  const changed = async (after_failures) => manage("PUT", ROUTES, { routes: [], other_channel: { enabled: true, after_failures } });
  await page.goto(`${origin}/console/log?q=type:gd_tenant_update`);
  await page.click("text=Follow");
  await page.waitForSelector("text=automatically");
  await lookEverywhere("/console/log", "log-followed");
  const before = await page.locator("tbody tr").count();
  await page.focus("text=Stop following");
  await changed(3);
  await page.waitForSelector(".fresh tr");
  assert.equal(await page.textContent("#log-told"), "", "not at once");
  await changed(4);
  await page.waitForFunction((count) => document.querySelectorAll("tbody tr").length === count, before + 2);
  assert.equal(await page.evaluate("document.activeElement.textContent"), "Stop following");
  await page.waitForFunction(() => !/Z$/.test(document.querySelector(".fresh time").textContent));
  await boss.look("/console/log", "log-news", WITH_HTMX);
  await page.waitForFunction(() => document.getElementById("log-told").textContent === "2 new lines");
  for (const visitor of [dark, small]) await visitor.page.waitForFunction((count) => document.querySelectorAll("tbody tr").length === count, before + 2);
  await small.look("/console/log", "log-news", WITH_HTMX);
  await page.click("text=Stop following");
  await page.waitForSelector("text=Follow");
  assert.equal(await page.locator("#follow").count(), 0);
});
await call("log: without JavaScript", async () => {
  const visitor = await signIn("console-editor-plain-log", { ...desktop, javaScriptEnabled: false });
  await visitor.page.goto(`${origin}/console/log`);
  assert.equal(await visitor.page.locator("text=Follow").isVisible(), false);
  const before = await visitor.page.textContent("tbody tr:first-child");
  await manage("PUT", ROUTES, { routes: [] });
  await visitor.page.click("text=Newer");
  assert.notEqual(await visitor.page.textContent("tbody tr:first-child"), before);
  await visitor.look("/console/log", "log");
  await visitor.leave();
});
for (const visitor of [boss, dark, small]) await visitor.leave();
await close();
