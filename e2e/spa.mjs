// The package @auth0/auth0-spa-js, in the example's page, in a real browser.
import { callback, close, codeOn, origin, Visitor } from "./browser.mjs";
import { assert, call, settings } from "./calls.mjs";

const phone = "+14155550190";
const email = process.env.RINGCODE_USERNAME;
const password = process.env.RINGCODE_PASSWORD;

Object.assign(process.env, { PORT: new URL(callback).port, DOMAIN: settings.domain, CLIENT_ID: settings.clientId });
await import("./spa-js/serve.mjs");

const visitor = await Visitor.come("spa", { extraHTTPHeaders: {} });
const { page } = visitor;

/** Waits until the page says that, and stops where it says that something failed. */
async function says(words) {
  await page.waitForFunction((text) => [text, "did not work"].some((end) => document.getElementById("state").textContent.includes(end)), words);
  const said = await page.textContent("#state");
  assert.ok(said.includes(words), said);
}
const claims = async () => JSON.parse(await page.textContent("#claims"));

async function signIn(at) {
  await at.fill("[name=username]", email);
  await at.fill("[name=password]", password);
  await at.click("button[value=default]");
}

await call("log in by redirect, and enrol", async () => {
  await page.goto(callback);
  await says("Nobody is signed in");
  await page.click("#log-in");
  await page.waitForURL(`${origin}/u/login*`);
  await signIn(page);
  await visitor.press("phone");
  await visitor.fill({ phone });
  await visitor.press("sms");
  await visitor.enter(await codeOn(phone));
  await page.check("[name=saved]");
  await visitor.press("default");
  await page.waitForURL(callback);
  await says(`Signed in as ${email}, by pwd, sms, mfa.`);
  await page.screenshot({ path: `${process.env.RINGCODE_PICTURES}/spa-signed-in.png` });
});
await call("renew in a hidden frame", async () => {
  const before = await claims();
  const asked = page.waitForRequest((request) => request.url().includes("response_mode=web_message"));
  await page.click("#renew");
  await says("Renewed at");
  assert.match((await asked).url(), /prompt=none/);
  assert.deepEqual((await claims()).amr, before.amr);
  assert.equal((await claims()).auth_time, before.auth_time);
});
await call("a page that is opened again finds its session", async () => {
  await page.reload();
  await says(`Signed in as ${email}`);
});
await call("step up", async () => {
  const before = await claims();
  await page.click("#step-up");
  await page.waitForURL(`${origin}/u/login*`);
  await signIn(page);
  await visitor.press("sms");
  await visitor.enter(await codeOn(phone, 2));
  await page.waitForURL(callback);
  await says("Signed in");
  assert.ok((await claims()).auth_time > before.auth_time);
  assert.equal((await claims()).acr, "http://schemas.openid.net/pape/policies/2007/06/multi-factor");
});
await call("log out", async () => {
  await page.click("#log-out");
  await page.waitForURL(callback);
  await says("Nobody is signed in");
});
await call("with refresh tokens, in a window of its own", async () => {
  await Promise.all([page.waitForEvent("load"), page.check("#refresh-tokens")]);
  await says("Nobody is signed in");
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.click("#log-in-popup")]);
  await popup.waitForURL(`${origin}/u/login*`);
  await signIn(popup);
  await popup.click("button[value=sms]");
  const closed = popup.waitForEvent("close");
  await popup.fill("[name=code]", await codeOn(phone, 3));
  await closed;
  await says(`Signed in as ${email}`);
  const asked = page.waitForRequest((request) => request.url().endsWith("/oauth/token"));
  await page.click("#renew");
  await says("Renewed at");
  assert.match((await asked).postData(), /refresh_token/);
});
await call("nobody else's page is answered", async () => {
  const silent = `${origin}/authorize?client_id=${settings.clientId}&response_type=code&scope=openid&prompt=none&response_mode=web_message&redirect_uri=`;
  const framed = await page.evaluate(async (src) => {
    const frame = document.createElement("iframe");
    frame.src = src;
    const answer = new Promise((done) => {
      addEventListener("message", ({ data }) => done(data));
      setTimeout(() => done("nothing"), 3000);
    });
    document.body.append(frame);
    return answer;
  }, silent + encodeURIComponent(process.env.RINGCODE_OTHER));
  assert.equal(framed, "nothing");
  visitor.complaints = visitor.complaints.filter((complaint) => !/frame-ancestors|chrome-error/.test(complaint));
});

await visitor.leave();
await close();
process.exit();
