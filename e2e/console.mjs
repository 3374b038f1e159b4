// The console in a real browser: an administrator comes in by the link, sets the factor up, and looks after people.
import { become, password, signIn } from "./administrator.mjs";
import { callback, close, codeOn, origin, Visitor } from "./browser.mjs";
import { assert, call, manage } from "./calls.mjs";

const desktop = { viewport: { width: 1280, height: 900 } };
/** Pages that renew themselves bring 50 KB of htmx. */
const WITH_HTMX = 120 * 1024;
const twilio = "/console/phone/carriers/twilio";

const boss = await Visitor.come("console", desktop);

await call("the first administrator comes in by the link", async () => {
  await boss.page.goto(`${origin}/console/first?token=${process.env.RINGCODE_TOKEN}`);
  await boss.look("/console/first", "console-first");
  await become(boss);
  await boss.look("/console", "console-overview");
});
await call("the phone factor", async () => {
  await boss.page.click("nav >> text=Phone factor");
  await boss.look("/console/phone", "console-phone");
  await boss.page.uncheck("#sms");
  await boss.page.uncheck("#voice");
  await boss.page.click("section >> nth=0 >> button");
  await boss.look("/console/phone/factor", "console-phone-wrong");
  assert.match(await boss.page.textContent("[role=alert]"), /SMS, voice or both/);
  await boss.page.check("#sms");
  await boss.page.check("#voice");
  await boss.page.click("section >> nth=0 >> button");
  await boss.page.waitForSelector(".said");
  assert.equal((await manage("GET", "guardian/factors/phone/message-types")).message_types.length, 2);
});
await call("a carrier: refused, then saved, tried and chosen", async () => {
  await boss.page.goto(`${origin}${twilio}`);
  await boss.look(twilio, "console-carrier");
  await boss.fill({ sid: "AC00000000000000000000000000000000", auth_token: "the-token-of-twilio", default_from: "+14155550100" });
  await boss.page.click("form.account button");
  await boss.page.waitForSelector(".said");
  await boss.fill({ to: "+1 415 555 0196" });
  await boss.page.click("#test ~ form button");
  await boss.page.waitForSelector(".said");
  await boss.look(twilio, "console-carrier-tried");
  assert.ok(await codeOn("+14155550196"));
  await boss.page.goto(`${origin}/console/phone`);
  await boss.page.check("#way-twilio");
  await boss.page.click("#delivery ~ form button");
  await boss.page.waitForSelector(".said");
  assert.equal((await manage("GET", "guardian/factors/phone/selected-provider")).provider, "twilio");
});
await call("a sign-in through it", async () => {
  const visitor = await Visitor.come("console-user");
  await visitor.go({ screen_hint: "signup", acr_values: "http://schemas.openid.net/pape/policies/2007/06/multi-factor" });
  await visitor.fill({ email: "guest@example.com", password });
  await visitor.press("default");
  await visitor.press("phone");
  await visitor.fill({ phone: "+14155550197" });
  await visitor.press("sms");
  await visitor.fill({ code: await codeOn("+14155550197") });
  await visitor.press("default");
  await visitor.page.check("[name=saved]");
  await visitor.press("default");
  assert.ok((await visitor.isBack()).href.startsWith(callback));
  await visitor.leave();
});
await call("templates, looked at while one types, saved and undone", async () => {
  await boss.page.click("nav >> text=Templates");
  await boss.look("/console/templates", "console-templates", WITH_HTMX);
  const before = await boss.page.inputValue("#enrollment");
  await boss.fill({ enrollment: "{{ code }} opens the door of {{ tenant.friendly_name }}." });
  await boss.page.waitForSelector(".bubble >> text=opens the door of");
  await boss.page.selectOption("#language", "ar");
  await boss.page.waitForSelector(".previews[lang=ar]");
  await boss.page.selectOption("#language", "en");
  await boss.page.waitForSelector(".previews[lang=en]");
  await boss.page.click("#templates .primary");
  await boss.page.waitForSelector(".said");
  await boss.look("/console/templates", "console-templates-saved", WITH_HTMX);
  await boss.page.click("text=Undo");
  await boss.page.waitForFunction((text) => document.getElementById("enrollment").value === text, before);
});
await call("a script of one's own, tried, and a sign-in through it", async () => {
  await boss.page.click("nav >> text=Scripts");
  await boss.page.click("text=twilio");
  await boss.look("/console/hooks/new", "console-script-example", WITH_HTMX);
  await boss.page.click("section .primary");
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
    await boss.page.click("#secrets ~ form button");
    await boss.page.waitForSelector(`code >> text=${key}`);
  }
  await boss.fill({ recipient: "+1 415 555 0198" });
  await boss.page.click("#trial ~ form button");
  await boss.page.waitForSelector(".told >> text=sent");
  await boss.look(new URL(boss.page.url()).pathname, "console-script", WITH_HTMX);
  assert.ok(await codeOn("+14155550198"));
  await boss.page.goto(`${origin}/console/phone`);
  await boss.page.check("#way-phone-message-hook");
  await boss.page.click("#delivery ~ form button");
  await boss.page.waitForSelector(".said");
  const visitor = await Visitor.come("console-user-of-script");
  await visitor.go({ screen_hint: "signup", acr_values: "http://schemas.openid.net/pape/policies/2007/06/multi-factor" });
  await visitor.fill({ email: "scripted@example.com", password });
  await visitor.press("default");
  await visitor.press("phone");
  await visitor.fill({ phone: "+14155550199" });
  await visitor.press("sms");
  await visitor.fill({ code: await codeOn("+14155550199") });
  await visitor.press("default");
  await visitor.page.check("[name=saved]");
  await visitor.press("default");
  assert.ok((await visitor.isBack()).href.startsWith(callback));
  await visitor.leave();
  await manage("PUT", "guardian/factors/phone/selected-provider", { provider: "twilio" });
});
await call("routes", async () => {
  await boss.page.click("nav >> text=Routes");
  await boss.page.click("#new");
  await boss.page.fill("[name=where-0]", "US +4915");
  await boss.page.selectOption("[name=added-0]", "twilio");
  await boss.page.click("#add-0");
  await boss.page.waitForSelector("#told >> text=Twilio is now 1 of 1");
  await boss.page.click("main .primary:last-child");
  await boss.page.waitForSelector(".said");
  assert.equal((await manage("GET", "guardian/factors/phone/routes")).routes[0].prefixes[0], "+4915");
});
await call("messages, and the story of one", async () => {
  await boss.page.click("nav >> text=Messages");
  await boss.look("/console/messages", "console-messages", WITH_HTMX);
  await boss.page.click("tbody tr:first-child a");
  await boss.page.waitForURL(/\/console\/messages\/[0-9a-f-]{36}/);
  await boss.look(new URL(boss.page.url()).pathname, "console-message");
  assert.match(await boss.page.textContent(".story"), /phone-message-hook/);
});
await call("a user who is stuck", async () => {
  await boss.page.goto(`${origin}/console/users`);
  await boss.fill({ q: "guest" });
  await boss.page.click("form[role=search] button");
  await boss.look("/console/users", "console-users");
  await boss.page.click("tbody a");
  await boss.page.waitForSelector("#authenticators");
  await boss.page.click("text=New recovery code");
  await boss.page.waitForSelector(".told");
  await boss.look(new URL(boss.page.url()).pathname, "console-user");
});
await call("another administrator", async () => {
  await boss.page.click("nav >> text=Administrators");
  await boss.page.click("text=Link for another one");
  await boss.look("/console/administrators/link", "console-administrators");
});
await call("the log", async () => {
  await boss.page.click("nav >> text=Log");
  await boss.look("/console/log", "console-log", WITH_HTMX);
});
await call("on a phone in the dark, by keyboard alone", async () => {
  const visitor = await signIn("console-phone", { colorScheme: "dark" });
  for (const path of ["/console", "/console/phone", twilio, "/console/templates", "/console/hooks", "/console/routes", "/console/messages", "/console/users", "/console/log", "/console/administrators"]) {
    await visitor.page.goto(`${origin}${path}`);
    await visitor.look(path, path.slice(1).replaceAll("/", "-"), WITH_HTMX);
  }
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
  await visitor.page.click("text=Sign out");
  await visitor.page.goto(`${origin}/console`);
  assert.match(visitor.page.url(), /\/u\/login/);
  await visitor.leave();
});
await boss.leave();
await close();
