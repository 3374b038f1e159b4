// An administrator sets up every delivery method by its form; through each of them a person signs up, and in.
import { callback, close, codeOn, origin, Visitor } from "./browser.mjs";
import { assert, call, manage } from "./calls.mjs";

const desktop = { viewport: { width: 1280, height: 900 } };
const password = "a few words to remember";
const accounts = JSON.parse(process.env.RINGCODE_ACCOUNTS);
let people = 0;

const newest = async () => (await fetch(process.env.RINGCODE_NEWEST)).json();

/** The code in the first message after so many. */
async function codeAfter(count) {
  for (let tries = 0; tries < 200; tries++) {
    const told = await newest();
    if (told.count > count && told.code) return told.code;
    await new Promise((soon) => setTimeout(soon, 50));
  }
  throw new Error(`No code came: ${(await newest()).body}`);
}

/** @param code where it is found, given the number */
async function signUp(name, code) {
  const visitor = await Visitor.come(`delivery-${name}`);
  const phone = `+1415555${String(1000 + ++people)}`;
  await visitor.go({ screen_hint: "signup", acr_values: "http://schemas.openid.net/pape/policies/2007/06/multi-factor" });
  await visitor.fill({ email: `${name}@example.com`, password });
  await visitor.press("default");
  // Not every carrier is set up for calls.
  await visitor.page.click("button[value=phone], button[value=sms]");
  await visitor.fill({ phone });
  const before = (await newest()).count;
  await visitor.press("sms");
  await visitor.page.waitForSelector("[name=code]");
  await visitor.enter(await code(phone, before));
  await visitor.page.check("[name=saved]");
  await visitor.press("default");
  assert.ok((await visitor.isBack()).href.startsWith(callback));
  await visitor.leave();
}

async function choose(page, provider) {
  await page.goto(`${origin}/console/phone`);
  await page.check(`#way-${provider}`);
  await page.click("#delivery ~ form button");
  await page.waitForSelector(".said");
  assert.equal((await manage("GET", "guardian/factors/phone/selected-provider")).provider, provider);
}

const boss = await Visitor.come("deliveries", desktop);
const { page } = boss;
page.setDefaultTimeout(10_000);

await call("an administrator comes in", async () => {
  await page.goto(`${origin}/console/first?token=${process.env.RINGCODE_TOKEN}`);
  await boss.fill({ email: "boss@example.com", password });
  await page.click("button.primary");
  await boss.press("phone");
  await boss.fill({ phone: "+14155550195" });
  const { count } = await newest();
  await boss.press("sms");
  await boss.enter(await codeAfter(count));
  await page.check("[name=saved]");
  await boss.press("default");
  await page.waitForURL(`${origin}/console`);
});
await call("built-in", async () => {
  await choose(page, "auth0");
  await signUp("built-in", (phone) => codeOn(phone));
  await page.goto(`${origin}/console/phone`);
  assert.match(await page.textContent("main"), /99 of 100/);
});
for (const [name, account] of Object.entries(accounts))
  await call(name, async () => {
    const address = `/console/phone/carriers/${name}`;
    await page.goto(origin + address);
    await boss.fill(account);
    await page.click("form.account button");
    await page.waitForSelector(".said");
    const { count } = await newest();
    await boss.fill({ to: "+1 415 555 0196" });
    await page.click("#test ~ form button");
    await page.waitForSelector(".said, [role=alert]");
    assert.match(await page.textContent(".said, [role=alert]"), /accepted the message/);
    await codeAfter(count);
    await boss.look(address, name);
    for (const secret of ["secret", "key", "token", "password"])
      for (const field of await page.locator(`input[type=password][name*=${secret}]`).all()) assert.equal(await field.inputValue(), "");
    await choose(page, name);
    await signUp(name, (_, before) => codeAfter(before));
    const { messages } = await manage("GET", "guardian/factors/phone/messages?take=1");
    assert.equal(messages[0].provider, name);
  });
await boss.leave();
await close();
