// The package @auth0/auth0-spa-js, in the example's page, in a real browser.
import { createHmac } from "node:crypto";
import { Authenticator } from "./authenticator.mjs";
import { callback, close, codeOn, origin, Visitor } from "./browser.mjs";
import { assert, call, manage, settings } from "./calls.mjs";
import { keepPicture } from "./chromium.mjs";

const phone = "+14155550190";
const second = "+14155550194";
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
  await visitor.bindFirstPhone(phone);
  await page.waitForURL(callback);
  await says(`Signed in as ${email}, by pwd, sms, mfa.`);
  await keepPicture(page, "spa-signed-in");
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
/** RFC 6238, of a key in Base32. */
function totp(seed) {
  const bits = [...seed].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(step).digest();
  return String((digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A method of the SDK's My Account client, with the refresh token of the sign-in before. */
const account = (method, ...values) => page.evaluate(async ([name, args]) => {
  if (!window.manager) {
    const { createAuth0Client } = await import("/auth0-spa-js.js");
    const settings = await (await fetch("settings.json")).json();
    const params = { redirect_uri: `${location.origin}/` };
    window.manager = await createAuth0Client({ ...settings, useRefreshTokens: true, useMrrt: true, authorizationParams: params });
    await window.manager.loginWithPopup();
  }
  return window.manager.myAccount[name](...args).catch((failure) => ({ failed: failure.title ?? failure.error, detail: failure.message }));
}, [method, values]);

await call("see and change one's own methods, with one refresh token for both", async () => {
  const factors = await account("getFactors");
  assert.deepEqual(factors.map?.(({ type }) => type), ["phone", "totp", "recovery-code"], JSON.stringify(factors));
  const methods = await account("getAuthenticationMethods");
  assert.deepEqual(methods.map(({ type }) => type).sort(), ["phone", "recovery-code"]);
  assert.equal(methods.find(({ type }) => type === "phone").phone_number, phone);

  const app = await account("enrollmentChallenge", { type: "totp" });
  assert.equal(app.location, `${origin}/me/v1/authentication-methods/${encodeURIComponent(app.id)}`);
  const proof = { type: "totp", location: app.location, auth_session: app.auth_session };
  assert.equal((await account("enrollmentVerify", { ...proof, otp_code: "000000" })).failed, "Bad Request");
  const bound = await account("enrollmentVerify", { ...proof, otp_code: totp(app.manual_input_code) });
  assert.equal(bound.id, app.id, JSON.stringify(bound));
  assert.equal((await account("updateAuthenticationMethod", bound.id, { name: "Laptop" })).name, "Laptop");
  assert.equal((await account("getAuthenticationMethod", bound.id)).name, "Laptop");

  const code = await account("enrollmentChallenge", { type: "recovery-code" });
  assert.match(code.recovery_code, /^[A-Z0-9]{24}$/);
  const kept = await account("enrollmentVerify", { type: "recovery-code", location: code.location, auth_session: code.auth_session });
  assert.equal(kept.confirmed, true, JSON.stringify(kept));

  assert.equal((await account("updateAuthenticationMethod", bound.id, { name: "x".repeat(21) })).failed, "Validation Error");
  assert.equal(await account("deleteAuthenticationMethod", bound.id), undefined);
  assert.equal((await account("getAuthenticationMethod", bound.id)).failed, "Resource Not Found");
});
await call("bind a second phone, which is called from then on", async () => {
  const begun = await account("enrollmentChallenge", { type: "phone", phone_number: second, preferred_authentication_method: "sms" });
  assert.equal(begun.location, `${origin}/me/v1/authentication-methods/${encodeURIComponent(begun.id)}`, JSON.stringify(begun));
  const proof = { type: "phone", location: begun.location, auth_session: begun.auth_session };
  const code = await codeOn(second);
  const wrong = code === "000000" ? "111111" : "000000";
  assert.equal((await account("enrollmentVerify", { ...proof, otp_code: wrong })).failed, "Bad Request");
  assert.equal((await account("getAuthenticationMethods", "phone")).length, 1);
  const bound = await account("enrollmentVerify", { ...proof, otp_code: code });
  assert.equal(bound.id, begun.id, JSON.stringify(bound));
  assert.equal(bound.phone_number, second);
  const called = await account("updateAuthenticationMethod", bound.id, { name: "At work", preferred_authentication_method: "voice" });
  assert.equal(called.preferred_authentication_method, "voice", JSON.stringify(called));
  const phones = await account("getAuthenticationMethods", "phone");
  assert.deepEqual(phones.map((one) => one.phone_number).sort(), [phone, second]);
});

const onlyFor = (factors, enabled) => Promise.all(factors.map((factor) => manage("PUT", `guardian/factors/${factor}`, { enabled })));
const keys = ["webauthn-roaming", "webauthn-platform"];
await onlyFor(keys, true);
await call("bind a passkey that this page has made, and sign in with it", async () => {
  const device = await Authenticator.add(visitor, "internal");
  const { authn_params_public_key: options, ...begun } = await account("enrollmentChallenge", { type: "passkey" });
  assert.equal(begun.id, "passkey|new", JSON.stringify(begun));
  assert.equal(begun.location, `${origin}/me/v1/authentication-methods/passkey%7Cnew`);
  const made = await page.evaluate(async (publicKey) => {
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
    return credential.toJSON();
  }, options);
  const answer = { type: "passkey", location: begun.location, auth_session: begun.auth_session, authn_response: made };
  const bound = await account("enrollmentVerify", answer);
  assert.equal(bound.type, "webauthn-platform", JSON.stringify(bound));
  assert.equal((await account("enrollmentVerify", answer)).failed, "Bad Request", "one challenge makes one key");
  const [credential] = await device.credentials();
  assert.equal(bound.key_id, Buffer.from(credential.credentialId, "base64").toString("base64url"));
  assert.equal(bound.relying_party_id, "localhost");
  assert.equal(bound.user_handle, Buffer.from(credential.userHandle, "base64").toString("base64url"));
  assert.deepEqual((await account("getAuthenticationMethods", "passkey")).map(({ id }) => id), [bound.id]);
  assert.equal((await account("enrollmentChallenge", { type: "passkey" })).failed, "Forbidden", "beside a passkey not by a code");

  const authorizationParams = { acr_values: "phr", prompt: "login" };
  const gone = page.waitForURL(`${origin}/u/login*`);
  await page.evaluate((params) => { window.manager.loginWithRedirect({ authorizationParams: params }); }, authorizationParams);
  await gone;
  await signIn(page);
  await page.waitForURL(`${origin}/u/mfa-webauthn-platform-challenge*`);
  await page.click("#passkey-button");
  await page.waitForURL(callback);
  await says("Signed in as");
  assert.equal((await claims()).acr, "phr");
  assert.deepEqual((await claims()).amr, ["pwd", "hwk", "user", "mfa"]);

  assert.equal((await account("getAuthenticationMethod", bound.id)).id, bound.id);
  assert.equal(await account("deleteAuthenticationMethod", bound.id), undefined);
  assert.equal((await account("getAuthenticationMethod", bound.id)).failed, "Resource Not Found");
  assert.equal((await account("getFactors")).failed, "invalid_grant", "what is removed ends the refresh token");
});
await onlyFor(keys, false);
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
