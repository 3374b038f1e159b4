// The fraud guard in a real browser: what an attack looks like, the brake, a release and a rule's mode, with and without JavaScript.
import { become, signIn } from "./administrator.mjs";
import { close, origin, Visitor } from "./browser.mjs";
import { assert, call, manage } from "./calls.mjs";

const desktop = { viewport: { width: 1280, height: 900 } };
const GUARD = "/console/fraud";
const LIMITS = "/console/fraud/limits";
const FRAUD = "guardian/factors/phone/fraud";
/** With twenty-five decisions and as many scopes. */
const WITH_TABLES = 80 * 1024;

const boss = await Visitor.come("fraud", desktop);
const { page } = boss;
await page.goto(`${origin}/console/first?token=${process.env.RINGCODE_TOKEN}`);
await become(boss);
const dark = await signIn("fraud-dark", { ...desktop, colorScheme: "dark" });
const small = await signIn("fraud-small");

async function lookEverywhere(path, picture) {
  for (const visitor of [boss, dark, small]) {
    await visitor.page.goto(`${origin}${path}`);
    await visitor.look(path, picture, WITH_TABLES);
  }
}

const modeOf = async (rule) => (await manage("GET", `${FRAUD}/rules`)).rules.find((one) => one.rule === rule).mode;
const isBraked = async () => (await manage("GET", `${FRAUD}/brake`)).on;
const isSaid = (visitor, words) => visitor.page.waitForSelector(`.said >> text=${words}`);

/** The same with and without JavaScript. */
async function brake(visitor) {
  await visitor.page.goto(`${origin}${GUARD}`);
  await visitor.page.click("text=Stop all sending…");
  await visitor.page.waitForSelector("text=What will happen");
  assert.equal(await isBraked(), false, "one look before it");
  await visitor.page.click("main .danger");
  await isSaid(visitor, "All sending is stopped.");
  assert.equal(await isBraked(), true);
  await visitor.look(GUARD, "braked", WITH_TABLES);
  await visitor.page.click("text=Resume sending");
  await isSaid(visitor, "Messages are sent again.");
  assert.equal(await isBraked(), false);
}

async function release(visitor) {
  await visitor.page.goto(`${origin}${GUARD}`);
  const blocked = await visitor.page.locator(".state.refused >> text=blocked").count();
  assert.ok(blocked > 0);
  await visitor.page.click("button:has-text('Release') >> nth=0");
  await isSaid(visitor, "Released.");
  assert.equal(await visitor.page.locator(".state.refused >> text=blocked").count(), blocked - 1);
}

async function change(visitor, rule, mode) {
  await visitor.page.goto(`${origin}${GUARD}`);
  await visitor.page.selectOption(`#${rule}`, mode);
  await visitor.page.click("text=Save modes");
  await isSaid(visitor, "Saved.");
  assert.equal(await modeOf(rule), mode);
  assert.equal(await visitor.page.inputValue(`#${rule}`), mode);
}

await call("what an attack looks like", async () => {
  await manage("PUT", `${FRAUD}/budgets`, {
    currency: "USD", assumed_price: 0.1,
    budgets: [{ scope: "tenant", period: "month", limit: 2000 }, { scope: "country", of: "TG", period: "day", limit: 0.5 }],
  });
  for (let tries = 0; tries < 50 && !(await manage("GET", `${FRAUD}/scopes`)).scopes.length; tries++)
    await new Promise((soon) => setTimeout(soon, 200));
  await lookEverywhere(GUARD, "guard");
  assert.match(await page.textContent("main"), /Numbers from \+22890/);
});
await call("the brake, by one confirmation", () => brake(boss));
await call("a release", () => release(boss));
await call("a rule into shadow", () => change(boss, "country", "shadow"));
await call("what would have happened last week", async () => {
  await page.goto(`${origin}${GUARD}`);
  await page.click("text=What would have happened last week");
  await page.waitForSelector("#replayed:has-text('With these modes')");
  await boss.look(`${GUARD}/rules/replay`, "replayed", WITH_TABLES);
  assert.equal(await modeOf("country"), "shadow", "nothing is changed");
});
await call("decisions of one scope", async () => {
  await page.goto(`${origin}${GUARD}`);
  await page.click("#scopes ~ .scroll tbody a >> nth=0");
  await page.waitForSelector("text=Only decisions on");
  await boss.look(GUARD, "scope", WITH_TABLES);
});
await call("permitted for ever, and judged again", async () => {
  await page.goto(`${origin}${GUARD}`);
  await page.click("button:has-text('Always allow') >> nth=0");
  await page.waitForSelector("text=What will happen");
  await page.click("main .danger");
  await isSaid(boss, "Permitted.");
  assert.equal((await manage("GET", `${FRAUD}/scopes`)).permitted.length, 1);
  await boss.look(GUARD, "permitted", WITH_TABLES);
  await page.click("button:has-text('Evaluate again')");
  await isSaid(boss, "The rules evaluate it again.");
});
await call("numbers, budgets and prices", async () => {
  await lookEverywhere(LIMITS, "limits");
  await page.check("#kind-satellite");
  await page.selectOption("#channel-0", "voice");
  await page.fill("#list-0", "AT Germany");
  await page.click("text=Save numbers");
  await page.waitForSelector("#list-0-problem");
  await boss.look(LIMITS, "limits-wrong", WITH_TABLES);
  await page.fill("#list-0", "AT DE");
  await page.click("text=Save numbers");
  await isSaid(boss, "Saved.");
  assert.deepEqual((await manage("GET", `${FRAUD}/numbers`)).permitted_kinds, ["satellite"]);
  await page.click("a:has-text('the prices of Twilio')");
  await page.fill("#csv", "TG,,sms,0.21\nTG,,voice,cheap");
  await page.click("text=Save prices");
  await page.waitForSelector("#csv-problem >> text=Line 2");
  await boss.look(`${LIMITS}/prices/twilio`, "prices-wrong");
  await page.fill("#csv", "TG,,sms,0.21\nTG,22890,sms,0.34");
  await page.click("text=Save prices");
  await isSaid(boss, "Saved.");
});
await call("without JavaScript", async () => {
  const visitor = await signIn("fraud-plain", { ...desktop, javaScriptEnabled: false });
  await brake(visitor);
  await release(visitor);
  await change(visitor, "country", "on");
  await visitor.leave();
});
for (const visitor of [boss, dark, small]) await visitor.leave();
await close();
