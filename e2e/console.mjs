// The console in a real browser: an administrator comes in by the link, sets the factor up, and looks after people, all of it without a mouse.
import { generateKeyPairSync } from "node:crypto";
import { become, password, signIn } from "./administrator.mjs";
import { callback, close, codeOn, origin, Visitor } from "./browser.mjs";
import { assert, call, manage } from "./calls.mjs";
import { broken, OF_COLORS } from "./chromium.mjs";

const desktop = { viewport: { width: 1280, height: 900 } };
/** Pages that renew themselves bring 50 KB of htmx. */
const WITH_HTMX = 120 * 1024;
/** The conformance report: a table of a line for each thing that is asked. */
const WITH_TABLE = 100 * 1024;
const twilio = "/console/phone/carriers/twilio";

const boss = await Visitor.come("console", desktop);

await call("the first administrator comes in by the link", async () => {
  await boss.page.goto(`${origin}/console/first?token=${process.env.RINGCODE_TOKEN}`);
  await boss.look("/console/first", "console-first");
  await become(boss);
  await boss.look("/console", "console-overview");
});
await call("figures of ninety days, and each day as a table", async () => {
  await boss.pick("text=90 days");
  await boss.look("/console", "console-overview-90");
  await boss.pick("text=Each day as a table");
  await boss.page.waitForURL(/console\/days/);
  assert.equal(await boss.page.locator("tbody tr").count(), 90);
  await boss.look("/console/days", "console-days");
  await boss.page.goto(`${origin}/console`);
});
await call("a chart by keyboard: its values, and the hours of a day", async () => {
  const { page } = boss;
  await page.focus("[data-chart] svg a");
  await page.keyboard.press("End");
  const told = await page.evaluate("document.activeElement.getAttribute('aria-label')");
  assert.match(told, /: sent \d+, delivered \d+, verified \d+$/);
  assert.equal(await page.textContent("[data-readout]"), told);
  await page.keyboard.press("Enter");
  await page.waitForURL(/console\/hours\?day=/);
  await boss.look("/console/hours", "console-hours");
  await boss.pick("table a.count >> nth=0");
  await page.waitForURL(/console\/messages\?.*hour=/);
  await page.goto(`${origin}/console`);
});
await call("the palette finds pages, settings and people by keyboard", async () => {
  const { page } = boss;
  await page.keyboard.press("Control+k");
  await page.waitForSelector(".palette [role=option]");
  await boss.look("/console", "console-palette");
  await page.keyboard.type("rate lim");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/console/settings/limits`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("ada@");
  await page.waitForSelector("[role=option] >> text=Messages to ada@example.com");
  await page.keyboard.press("ArrowDown");
  assert.match(await page.textContent(`#${await page.getAttribute(".palette input", "aria-activedescendant")}`), /Messages to/);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/console\/users\/auth0/);
  await page.keyboard.press("Control+k");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  assert.equal(await page.isVisible(".palette"), false);
  await boss.pick("nav[aria-label=Breadcrumb] >> text=Users");
  await page.waitForURL(`${origin}/console/users`);
  await page.goto(`${origin}/`);
  await page.waitForURL(`${origin}/console`);
});
await call("what is wrong is said beside its field, while one types and by the server", async () => {
  const { page } = boss;
  await page.goto(`${origin}/console/settings`);
  await page.fill("#support_email", "nobody");
  await page.keyboard.press("Tab");
  assert.match(await boss.wrong("support_email"), /Enter an email address/);
  assert.equal(await page.getAttribute("#support_email", "aria-describedby"), "support_email-problem support-hint");
  await boss.pick("text=Save tenant");
  assert.equal(await page.evaluate("document.activeElement.id"), "support_email", "nothing was sent");
  await boss.look("/console/settings", "console-settings-checked");
  await page.fill("#support_email", "help@acme.example");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator("#support_email-problem").count(), 0);
  await page.evaluate(() => { document.getElementById("friendly_name").removeAttribute("maxlength"); });
  await page.fill("#friendly_name", "x".repeat(400));
  await boss.pick("text=Save tenant");
  await page.waitForSelector("#problem:focus");
  await boss.look("/console/settings/tenant", "console-settings-refused");
  await boss.pick("#problem a");
  assert.equal(await page.evaluate("document.activeElement.id"), "friendly_name");
  assert.equal(await page.inputValue("#support_email"), "help@acme.example");
});
await call("colors, countries, numbers and templates are checked while they are typed", async () => {
  const { page } = boss;
  const fields = [
    ["/console/settings/branding", "primary", "red", /six hexadecimal digits/],
    ["/console/settings/countries", "countries", "Germany", /two-letter country codes/],
    ["/console/settings/limits", "user-at-once", "0", /between 1 and 1000000/],
    ["/console/fraud/limits", "assumed_price", "cheap", /an amount, such as 0\.05/],
    [twilio, "to", "call me", /with \+ and country code/],
  ];
  for (const [path, field, typed, reason] of fields) {
    await page.goto(`${origin}${path}`);
    await page.fill(`#${field}`, typed);
    await page.keyboard.press("Tab");
    assert.match(await boss.wrong(field), reason);
    await page.evaluate("changed.clear()");
  }
  await page.goto(`${origin}/console/templates/verification/sms/de`);
  await page.fill("#text", "Hallo");
  await page.waitForSelector("#preview .alert >> text=code");
  await page.fill("#text", "{{ code }} reicht.");
  await page.waitForSelector("#preview .bubble >> text=reicht.");
  await page.evaluate("changed.clear()");
});
await call("the words of a sign-in page, changed and set back", async () => {
  const { page } = boss;
  await boss.pick("nav >> text=Page texts");
  await page.selectOption("#screen", "mfa-sms-challenge");
  await page.selectOption("#language", "de");
  await boss.pick("main button >> text=Show");
  await page.waitForURL(/screen=mfa-sms-challenge&language=de/);
  await boss.look("/console/page-texts", "console-page-texts");
  await page.fill("#text-title", "Ihr Code");
  await boss.pick("text=Save texts");
  await page.waitForSelector(".said >> text=Saved");
  assert.equal((await manage("GET", "prompts/mfa-sms/custom-text/de"))["mfa-sms-challenge"].title, "Ihr Code");
  await boss.pick("text=Reset to the defaults");
  await boss.pick("main .danger");
  await page.waitForSelector(".said >> text=Reset");
});
await call("the phone factor", async () => {
  await boss.pick("nav >> text=Phone factor");
  await boss.look("/console/phone", "console-phone");
  await boss.untick("#sms");
  await boss.untick("#voice");
  await boss.pick("section >> nth=0 >> button");
  await boss.look("/console/phone/factor", "console-phone-wrong");
  assert.match(await boss.page.textContent("[role=alert]"), /SMS, voice or both/);
  await boss.tick("#sms");
  await boss.tick("#voice");
  await boss.pick("section >> nth=0 >> button");
  await boss.page.waitForSelector(".said");
  assert.equal((await manage("GET", "guardian/factors/phone/message-types")).message_types.length, 2);
});
await call("a carrier: refused, then saved, tried and chosen", async () => {
  await boss.page.goto(`${origin}${twilio}`);
  await boss.look(twilio, "console-carrier");
  await boss.fill({ sid: "AC00000000000000000000000000000000", auth_token: "the-token-of-twilio", default_from: "+14155550100" });
  await boss.pick("form.account button");
  await boss.page.waitForSelector(".said");
  await boss.fill({ to: "+1 415 555 0196" });
  await boss.pick("#test ~ form button");
  await boss.page.waitForSelector(".said");
  await boss.look(twilio, "console-carrier-tried");
  assert.ok(await codeOn("+14155550196"));
  await manage("PUT", "guardian/factors/phone/selected-provider", { provider: "auth0" });
  await boss.page.reload();
  await boss.pick("text=Use for all messages");
  await boss.page.waitForSelector(".said >> text=In use");
  // What is typed before the page's script runs is not known to be unsaved.
  await boss.page.waitForLoadState("load");
  await boss.fill({ default_from: "+14155550111" });
  const asked = boss.page.waitForEvent("dialog").then(async (dialog) => { await dialog.dismiss(); return dialog.type(); });
  await boss.pick("nav >> text=Overview", { noWaitAfter: true });
  assert.equal(await asked, "beforeunload", "what is not saved is not left without a word");
  assert.equal(await boss.page.inputValue("#default_from"), "+14155550111");
  await boss.fill({ default_from: "+14155550100" });
  await boss.pick("form.account button");
  await boss.page.waitForSelector(".said");
  assert.equal((await manage("GET", "guardian/factors/phone/selected-provider")).provider, "twilio");
});
await call("a sign-in through it", async () => {
  const visitor = await Visitor.come("console-user");
  await visitor.go({ screen_hint: "signup", acr_values: "http://schemas.openid.net/pape/policies/2007/06/multi-factor" });
  await visitor.fill({ email: "guest@example.com", password });
  await visitor.press("default");
  await visitor.bindFirstPhone("+14155550197");
  assert.ok((await visitor.isBack()).href.startsWith(callback));
  await visitor.leave();
});
await call("templates by language: previewed while one types, a variable by a click, saved, brought back", async () => {
  const { page } = boss;
  const german = "/console/templates/verification/sms/de";
  await boss.pick("nav >> text=Templates");
  await boss.look("/console/templates", "console-templates");
  await boss.pick(`a[href="${german}"]`);
  await page.fill("#text", " öffnet die Tür.");
  await page.focus("#text");
  await page.keyboard.press("Control+Home");
  await boss.pick("button.insert >> text={{ code }}");
  assert.equal(await page.inputValue("#text"), "{{ code }} öffnet die Tür.");
  await page.waitForSelector(".bubble >> text=öffnet die Tür");
  await page.fill("#text", "{{ code }} öffnet die Tür." + " я".repeat(40));
  await page.waitForSelector(".caution >> text=2 segments");
  await boss.look(german, "console-text-long", WITH_HTMX);
  await page.fill("#text", "{{ code }} öffnet die Tür.");
  await boss.pick("#text-form .primary");
  await page.waitForSelector(".said");
  await boss.look(german, "console-text-saved", WITH_HTMX);
  await boss.pick("nav[aria-label=Breadcrumb] >> text=Templates");
  assert.equal(await page.locator("td strong").count(), 1);
  await boss.pick(`a[href="${german}"]`);
  await boss.pick("text=Bring back");
  await page.waitForSelector(".said >> text=Restored");
  await boss.pick("text=Templates");
  await boss.pick("text=One text for all languages");
  await boss.look("/console/templates/all", "console-text-for-all", WITH_HTMX);
});
await call("a script of one's own, tried, and a sign-in through it", async () => {
  await boss.pick("nav >> text=Scripts");
  await boss.pick("text=twilio");
  await boss.look("/console/hooks/new", "console-script-example", WITH_HTMX);
  await boss.pick("section .primary");
  await boss.page.waitForSelector(".said");
  const secrets = {
    TWILIO_ACCOUNT_SID: "AC00000000000000000000000000000000",
    TWILIO_AUTH_TOKEN: "the-token-of-twilio",
    TWILIO_PHONE_NUMBER: "+14155550100",
    TWILIO_BASE_URL: process.env.RINGCODE_CARRIER,
  };
  for (const [key, value] of Object.entries(secrets)) {
    await boss.page.fill("#key", key);
    await boss.page.fill("#value", value);
    await boss.pick("#secrets ~ form button");
    await boss.page.waitForSelector(`code >> text=${key}`);
  }
  await boss.fill({ recipient: "+1 415 555 0198" });
  await boss.pick("#trial ~ form button");
  await boss.page.waitForSelector(".told >> text=sent");
  await boss.look(new URL(boss.page.url()).pathname, "console-script", WITH_HTMX);
  assert.ok(await codeOn("+14155550198"));
  await boss.page.goto(`${origin}/console/phone`);
  await boss.tick("#way-phone-message-hook");
  await boss.pick("#delivery ~ form button");
  await boss.page.waitForSelector(".said");
  const visitor = await Visitor.come("console-user-of-script");
  await visitor.go({ screen_hint: "signup", acr_values: "http://schemas.openid.net/pape/policies/2007/06/multi-factor" });
  await visitor.fill({ email: "scripted@example.com", password });
  await visitor.press("default");
  await visitor.bindFirstPhone("+14155550199");
  assert.ok((await visitor.isBack()).href.startsWith(callback));
  await visitor.leave();
  await manage("PUT", "guardian/factors/phone/selected-provider", { provider: "twilio" });
});
await call("routes", async () => {
  await boss.pick("nav >> text=Routes");
  await boss.pick("#new");
  await boss.page.fill("[name=where-0]", "US +4915");
  await boss.page.selectOption("[name=added-0]", "twilio");
  await boss.pick("#add-0");
  await boss.page.waitForSelector("#told >> text=Twilio is now 1 of 1");
  await boss.pick("main .primary:last-child");
  await boss.page.waitForSelector(".said");
  assert.equal((await manage("GET", "guardian/factors/phone/routes")).routes[0].prefixes[0], "+4915");
});
await call("messages, and the story of one", async () => {
  await boss.pick("nav >> text=Messages");
  await boss.look("/console/messages", "console-messages", WITH_HTMX);
  const row = "tbody tr:first-child a";
  await boss.reach(row);
  await boss.page.waitForFunction((before) => !before.isConnected, await boss.page.waitForSelector(row));
  assert.ok(await boss.page.evaluate((selector) => document.activeElement.matches(selector), row), "a list that renews itself leaves the focus where it was");
  await boss.pick(row);
  await boss.page.waitForSelector("#story-title:focus");
  await boss.look("/console/messages", "console-message-beside", WITH_HTMX);
  assert.match(await boss.page.textContent(".chain"), /Requested.*Fraud check.*Sent by Your script.*Code entered/s);
  await boss.page.reload();
  assert.ok(await boss.page.isVisible("#story-title"), "the address has it");
  await boss.page.focus("#story-title");
  await boss.page.keyboard.press("Escape");
  assert.equal(await boss.page.locator("#story-title").count(), 0);
  assert.ok(await boss.page.evaluate(() => document.activeElement.matches("tbody tr:first-child a")));
  await boss.page.fill("#country", "us");
  await boss.page.press("#country", "Enter");
  await boss.page.waitForURL(/country=us/);
  const csv = boss.page.waitForEvent("download");
  await boss.pick("text=Download CSV");
  assert.equal((await csv).suggestedFilename(), "messages.csv");
});
await call("a user who is stuck", async () => {
  await boss.page.goto(`${origin}/console/users`);
  await boss.page.fill("#q", "guest");
  await boss.pick("main form[role=search] button");
  await boss.look("/console/users", "console-users");
  await boss.pick("tbody a");
  await boss.page.waitForSelector("#authenticators");
  await boss.pick("text=New recovery code");
  await boss.look(new URL(boss.page.url()).pathname, "console-user-recovery-sure");
  await boss.pick("text=Make a new code");
  await boss.page.waitForSelector(".told");
  await boss.look(new URL(boss.page.url()).pathname, "console-user");
});
await call("the tenant's settings, and a colour that is shown while it is typed", async () => {
  await boss.pick("nav >> text=General");
  await boss.look("/console/settings", "console-settings");
  await boss.fill({ friendly_name: "Acme", support_email: "help@acme.example" });
  await boss.pick("text=Save tenant");
  await boss.page.waitForSelector(".said");
  assert.equal((await manage("GET", "tenants/settings")).friendly_name, "Acme");
  await boss.pick("nav >> text=Branding");
  const painted = boss.page.waitForResponse((response) => response.url().includes("look.css?primary=%23b00060"));
  await boss.fill({ primary: "#b00060" });
  await painted;
  await boss.page.waitForFunction(() => getComputedStyle(document.querySelector(".look-light .look-button")).backgroundColor === "rgb(176, 0, 96)");
  await boss.fill({ background: "#e8f0ff", end: "#ffe8f0", angle: "45", logo_url: `${origin}/console/assets/icon.svg` });
  await boss.pick("text=Save branding");
  await boss.page.waitForSelector(".said");
  await boss.look("/console/settings/branding", "console-settings-saved");
  await boss.fill({ primary: "#ffee00" });
  await boss.pick("text=Preview");
  await boss.look("/console/settings/branding/preview", "console-settings-pale");
  assert.match(await boss.page.textContent("#contrast"), /too little contrast/);
  await boss.page.goto(`${origin}/console/settings/factor`);
  await boss.tick("#policy-confidence");
  await boss.pick("text=Save policy");
  await boss.page.waitForSelector(".said");
  assert.deepEqual(await manage("GET", "guardian/policies"), ["confidence-score"]);
});
await call("what standards ask, beginning with what does not hold", async () => {
  await boss.pick("nav >> text=Conformance");
  await boss.look("/console/conformance", "console-conformance", WITH_TABLE);
  await boss.page.emulateMedia({ media: "print" });
  assert.ok(!(await boss.page.isVisible(".side")), "the navigation is not printed");
  await boss.page.emulateMedia({ media: null });
  await boss.pick("#failing ~ ul a[href='/console/settings#session_lifetime']");
  await boss.page.waitForSelector("#session_lifetime");
});
await call("a client, its secret, its grant and its key", async () => {
  await boss.pick("nav >> role=link[name=Applications]");
  await boss.fill({ name: "Warehouse" });
  await boss.page.selectOption("#type", "non_interactive");
  await boss.pick("text=Create application");
  await boss.page.waitForSelector(".told");
  await boss.look("/console/clients", "console-client-made");
  await boss.pick("text=Choose scopes");
  await boss.pick("text=Tick what reads");
  await boss.page.waitForSelector("[name=scope][value='read:users']:checked");
  await boss.look(new URL(boss.page.url()).pathname, "console-grant");
  await boss.pick("main .primary");
  await boss.page.waitForSelector(".said");
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });
  await boss.pick("text=Add a key");
  await boss.fill({ pem: publicKey });
  await boss.pick("details >> text=Add >> nth=-1");
  await boss.page.waitForSelector(".said");
  await boss.tick("[name=accepted]");
  await boss.pick("text=Require a signature by the selected keys");
  await boss.pick("main .danger");
  await boss.page.waitForSelector(".said");
  await boss.look(new URL(boss.page.url()).pathname, "console-client");
  await boss.pick("text=Delete this application");
  await boss.look(new URL(boss.page.url()).pathname, "console-client-delete");
  await boss.page.fill("#typed_name", "Wharehouse");
  await boss.page.press("#typed_name", "Enter");
  await boss.page.waitForSelector("#problem:focus");
  await boss.look(new URL(boss.page.url()).pathname, "console-client-delete-mistyped");
  await boss.pick("text=Cancel");
  await boss.pick("text=Delete this application");
  await boss.page.fill("#typed_name", "warehouse");
  await boss.page.press("#typed_name", "Enter");
  await boss.page.waitForSelector(".said");
  await boss.look("/console/clients", "console-clients");
});
await call("a key for the Management API, made and revoked", async () => {
  await boss.pick("nav >> text=API keys");
  await boss.fill({ name: "Nightly" });
  await boss.tick("[name=scope][value='read:logs']");
  await boss.pick("text=Create key");
  await boss.page.waitForSelector(".told");
  await boss.look("/console/api-keys", "console-api-keys-made");
  const token = await fetch(`${origin}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: await boss.page.textContent("#made-id"),
      client_secret: await boss.page.textContent("#made-secret"),
      audience: `${origin}/api/v2/`,
    }),
  });
  assert.equal((await token.json()).scope, "read:logs");
  await boss.pick("a:has-text('Revoke Nightly')");
  await boss.page.fill("#typed_name", "Nightly");
  await boss.pick("main .danger");
  await boss.page.waitForSelector(".said");
  assert.ok(!(await boss.page.textContent("main")).includes("Nightly"));
});
await call("a log stream, whose health is told, and a user made by hand", async () => {
  await boss.pick("nav >> text=Log streams");
  await boss.look("/console/log-streams", "console-streams-none");
  await boss.pick("text=Webhook");
  await boss.page.fill("#name", "Collector");
  await boss.page.fill("#httpEndpoint", `${process.env.RINGCODE_CARRIER}/nowhere`);
  await boss.tick("#category-user\\.notification");
  await boss.pick("text=Create log stream");
  await boss.page.waitForSelector(".said");
  await boss.look(new URL(boss.page.url()).pathname, "console-stream");
  assert.match(await boss.page.textContent("#signing-secret"), /^whsec_/);
  await boss.pick("button:has-text('Pause')");
  await boss.page.waitForSelector(".state >> text=paused");
  await boss.pick("nav >> text=Log streams");
  await boss.look("/console/log-streams", "console-streams");
  await boss.pick("nav >> role=link[name=Users]");
  await boss.pick("text=New user");
  await boss.page.fill("#email", "grace@example.com");
  await boss.look("/console/users/new", "console-user-new");
  await boss.pick("text=Create user");
  await boss.page.waitForSelector(".said");
  await boss.pick("text=Block user");
  await boss.look(new URL(boss.page.url()).pathname, "console-user-block");
  await boss.pick("main .danger");
  await boss.page.waitForSelector(".said");
  await boss.look(new URL(boss.page.url()).pathname, "console-user-blocked");
});
await call("another administrator", async () => {
  await boss.pick("nav >> text=Administrators");
  await boss.pick("text=New invitation");
  await boss.look("/console/administrators/link", "console-administrators");
});
await call("the log", async () => {
  await boss.pick("nav >> role=link[name=Log]");
  await boss.look("/console/log", "console-log", WITH_HTMX);
  await boss.page.selectOption("#type", "gd_send_sms");
  await boss.pick("text=Find");
  // The list that was asked for, and its scripts: before that, a row of the old one would be opened.
  await boss.page.waitForURL(/type=gd_send_sms/);
  await boss.pick("tbody tr:first-child a");
  await boss.page.waitForSelector("#story-title:focus");
  await boss.look("/console/log", "console-log-beside", WITH_HTMX);
  assert.match(await boss.page.textContent("#log-hint"), /Times are in UTC|Times are in [A-Z]/);
});
await call("the API reference is searched, and an operation tried from its page", async () => {
  const { page } = boss;
  await page.goto(`${origin}/docs`);
  await page.keyboard.press("/");
  await page.keyboard.type("jwks.json");
  await page.waitForSelector("#found >> text=1 operation");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.waitForURL(/docs\/oauth#getWellKnownJwksJson$/);
  await boss.look("/docs/oauth", "docs-oauth");
  await boss.pick("#getWellKnownJwksJson [data-try] summary");
  await boss.pick("#getWellKnownJwksJson [data-try] button");
  await page.waitForSelector("#getWellKnownJwksJson [data-answer] >> text=200");
});
await call("on a phone in the dark, by keyboard alone", async () => {
  const visitor = await signIn("console-phone", { colorScheme: "dark" });
  // All other pages of the console are judged by screens.mjs.
  for (const path of ["/console", "/console/tenants", "/docs", "/docs/mfa-api", "/docs/carriers/twilio", "/docs/guides/mfa-api"]) {
    await visitor.page.goto(`${origin}${path}`);
    await visitor.look(path, path.slice(1).replaceAll("/", "-"), WITH_HTMX);
    await visitor.page.emulateMedia({ colorScheme: "light" });
    assert.deepEqual(await broken(visitor.page, OF_COLORS), []);
    await visitor.page.emulateMedia({ colorScheme: "dark" });
  }
  await visitor.page.goto(`${origin}/console`);
  for (const key of ["Tab", "Tab", "Tab", "Enter"]) await visitor.page.keyboard.press(key);
  await visitor.page.waitForSelector("#menu:popover-open");
  await visitor.look("/console", "console-menu", WITH_HTMX);
  await visitor.page.keyboard.press("Escape");
  assert.equal(await visitor.page.evaluate("document.activeElement.textContent"), "Menu");
  assert.equal(await visitor.page.isVisible("#menu"), false);
  await visitor.page.goto(`${origin}/console`);
  await visitor.page.keyboard.press("Tab");
  assert.equal(await visitor.page.evaluate("document.activeElement.textContent"), "Skip to the page");
  await visitor.page.keyboard.press("Enter");
  await visitor.leave();
});
await call("without JavaScript", async () => {
  const visitor = await signIn("console-plain", { ...desktop, javaScriptEnabled: false });
  await visitor.page.goto(`${origin}/console/phone`);
  await visitor.page.fill("#length", "8");
  await visitor.page.click("#codes ~ form button");
  await visitor.page.waitForSelector(".said");
  assert.equal(await visitor.page.inputValue("#length"), "8");
  await visitor.page.goto(`${origin}/console/templates/verification/sms/fr`);
  await visitor.page.fill("#text", "{{ code }} ouvre la porte.");
  await visitor.page.click("text=Preview");
  await visitor.page.waitForSelector(".bubble >> text=ouvre la porte.");
  await visitor.page.click("#text-form .primary");
  await visitor.page.waitForSelector(".said");
  await visitor.page.goto(`${origin}/console/messages?user=guest@example.com`);
  // The oldest one: since then the guest was told of what the administrator did.
  await visitor.page.click("tbody tr:last-child a");
  await visitor.page.waitForSelector(".chain >> text=Code entered");
  await visitor.page.goto(`${origin}/console/api-keys`);
  await visitor.fill({ name: "Plain" });
  await visitor.page.click("text=Tick all");
  assert.equal(await visitor.page.inputValue("#name"), "Plain");
  assert.ok(await visitor.page.isChecked("[name=scope][value='delete:users']"));
  await visitor.page.fill("#find", "guest");
  await visitor.page.press("#find", "Enter");
  await visitor.page.click(".hits >> text=Messages to guest@example.com");
  await visitor.page.waitForURL(/console\/messages\?user_id/);
  await visitor.page.goto(`${origin}/console/settings/countries`);
  await visitor.page.selectOption("#mode", "allow");
  await visitor.page.click("text=Save countries");
  await visitor.look("/console/settings/countries", "settings-refused");
  await visitor.page.click("#problem a");
  assert.equal(await visitor.page.evaluate("document.activeElement.id"), "countries");
  await visitor.page.click("text=Sign out");
  await visitor.page.goto(`${origin}/`);
  await visitor.look("/", "front");
  await visitor.page.goto(`${origin}/console`);
  assert.match(visitor.page.url(), /\/u\/login/);
  await visitor.leave();
});
await boss.leave();
await close();
