// Security keys and devices in a real Chromium, whose authenticators are virtual (Chrome DevTools Protocol, domain WebAuthn).
import { Authenticator } from "./authenticator.mjs";
import { close, codeOn, Visitor } from "./browser.mjs";
import { assert, call, manage, settings } from "./calls.mjs";
import { launch } from "./chromium.mjs";

const password = "a few words to remember";

const key = (visitor) => Authenticator.add(visitor, "usb");
const device = (visitor) => Authenticator.add(visitor, "internal");

async function signUp(visitor, email) {
  await visitor.go({ screen_hint: "signup" });
  await visitor.fill({ email, password });
  await visitor.press("default");
}

async function logIn(visitor, email, parameters = {}) {
  await visitor.go({ prompt: "login", ...parameters });
  await visitor.fill({ username: email, password });
  await visitor.press("default");
}

const go = (visitor) => visitor.page.click("#passkey-button");

async function name(visitor, nickname, picture) {
  await visitor.look("mfa-webauthn-change-key-nickname", picture);
  await visitor.fill({ nickname });
  await visitor.press("default");
}

async function keepRecoveryCode(visitor) {
  await visitor.page.check("[name=saved]");
  await visitor.press("default");
}

/** Somebody whose only factor is a security key. */
async function withKey(email) {
  const visitor = await Visitor.come(email.split("@")[0]);
  const authenticator = await key(visitor);
  await signUp(visitor, email);
  await visitor.look("mfa-begin-enroll-options", "passkeys-enroll-options");
  await visitor.press("webauthn-roaming");
  await visitor.look("mfa-webauthn-roaming-enrollment");
  await go(visitor);
  await name(visitor, "key ring");
  await keepRecoveryCode(visitor);
  await visitor.isBack();
  return { visitor, authenticator, email };
}

async function methodsOf(email) {
  const [{ user_id }] = await manage("GET", `users-by-email?email=${encodeURIComponent(email)}`);
  const path = `users/${encodeURIComponent(user_id)}/authentication-methods`;
  return { path, all: (await manage("GET", path)).filter((one) => one.type.startsWith("webauthn")) };
}

for (const factor of ["webauthn-roaming", "webauthn-platform"]) await manage("PUT", `guardian/factors/${factor}`, { enabled: true });

await call("a security key is bound, named and used", async () => {
  const { visitor, authenticator, email } = await withKey("key@example.com");
  await logIn(visitor, email);
  await visitor.look("mfa-webauthn-roaming-challenge");
  await go(visitor);
  await visitor.isBack();
  const [method] = (await methodsOf(email)).all;
  const [credential] = await authenticator.credentials();
  assert.equal(method.name, "key ring");
  assert.equal(method.key_id, Buffer.from(credential.credentialId, "base64").toString("base64url"));
  assert.equal(method.relying_party_identifier, "localhost");
  await visitor.leave();
});

await call("an owner who does not confirm, or takes too long, chooses what comes next", async () => {
  const { visitor, authenticator, email } = await withKey("cancelled@example.com");
  await authenticator.owner(false);
  await logIn(visitor, email);
  await go(visitor);
  await visitor.look("mfa-webauthn-error");
  await authenticator.owner(true);
  await visitor.press("tryagain");
  await visitor.look("mfa-webauthn-roaming-challenge");
  await visitor.page.evaluate("Date.now = () => new Date().getTime() + 6 * 60 * 1000");
  await go(visitor);
  await visitor.look("mfa-webauthn-error", "mfa-webauthn-error-late");
  await visitor.press("pick-authenticator");
  await visitor.look("mfa-login-options", "mfa-login-options-passkeys");
  await visitor.press("webauthn-roaming");
  await go(visitor);
  await visitor.isBack();
  await visitor.leave();
});

await call("a page of another domain is refused by the browser", async () => {
  const { visitor, email } = await withKey("origin@example.com");
  await visitor.page.route("**/u/mfa-webauthn-roaming-challenge*", async (route) => {
    if (route.request().method() !== "GET") {
      await route.continue();
      return;
    }
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(/rpId&#34;:&#34;localhost/g, "rpId&#34;:&#34;example.com");
    await route.fulfill({ response, body });
  });
  await logIn(visitor, email);
  await visitor.look("mfa-webauthn-roaming-challenge");
  await visitor.page.reload();
  await go(visitor);
  await visitor.look("mfa-webauthn-error", "mfa-webauthn-error-origin");
  await visitor.leave();
});

await call("a page of a related origin may make a key of this domain, and one that is not named may not", async () => {
  await manage("PUT", "guardian/factors/webauthn-roaming/settings", { relatedOrigins: ["https://shop.example"] });
  // Browsers look for the names at the usual port of https.
  const chromium = await launch("--ignore-certificate-errors", `--host-resolver-rules=MAP localhost:443 ${settings.domain}`);
  const context = await chromium.newContext({ ignoreHTTPSErrors: true });
  await context.route(/^https:\/\/\w+\.example\//, (route) => route.fulfill({ contentType: "text/html", body: "<title>Shop</title>" }));
  for (const [address, answer] of [["https://shop.example/", "made"], ["https://evil.example/", "SecurityError"]]) {
    const page = await context.newPage();
    await page.goto(address);
    await Authenticator.add({ context, page }, "usb");
    const made = await page.evaluate(() => navigator.credentials.create({
      publicKey: {
        rp: { id: "localhost", name: "Shop" },
        user: { id: new Uint8Array(16), name: "ann", displayName: "Ann" },
        challenge: new Uint8Array(32),
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      },
    }).then(() => "made", (failure) => failure.name));
    assert.equal(made, answer, address);
  }
  await chromium.close();
});

await call("a copy of a key is told by its counter", async () => {
  const { visitor, authenticator, email } = await withKey("cloned@example.com");
  const copies = await authenticator.credentials();
  await logIn(visitor, email);
  await go(visitor);
  await visitor.isBack();
  await authenticator.remove();
  const copy = await key(visitor);
  for (const credential of copies) await copy.cdp.send("WebAuthn.addCredential", { authenticatorId: copy.id, credential });
  await logIn(visitor, email);
  await go(visitor);
  await visitor.page.waitForSelector("#problems");
  await visitor.look("mfa-webauthn-roaming-challenge", "mfa-webauthn-roaming-challenge-wrong");
  await visitor.leave();
});

await call("a key that was removed is of no use, and a second one is", async () => {
  const { visitor, email } = await withKey("removed@example.com");
  await manage("PUT", "guardian/factors/webauthn-roaming", { enabled: true });
  const { path, all } = await methodsOf(email);
  await manage("DELETE", `${path}/${encodeURIComponent(all[0].id)}`);
  await logIn(visitor, email);
  await visitor.look("mfa-begin-enroll-options", "passkeys-enroll-options-again");
  await visitor.press("webauthn-roaming");
  await go(visitor);
  await name(visitor, "second key", "mfa-webauthn-change-key-nickname-second");
  await keepRecoveryCode(visitor);
  await visitor.isBack();
  assert.equal((await methodsOf(email)).all.length, 1);
  await visitor.leave();
});

await call("after a code the device is offered, once, and is used the next time", async () => {
  const phone = "+14155550191";
  const email = "offer@example.com";
  const visitor = await Visitor.come("offer");
  await device(visitor);
  await signUp(visitor, email);
  await visitor.press("phone");
  await visitor.fill({ phone });
  await visitor.press("sms");
  await visitor.enter(await codeOn(phone));
  await keepRecoveryCode(visitor);
  await visitor.isBack();
  await logIn(visitor, email);
  await visitor.press("sms");
  await visitor.page.waitForSelector("form [name=webauthn-platform-available]", { state: "attached" });
  await visitor.enter(await codeOn(phone, 2));
  await visitor.look("mfa-webauthn-platform-enrollment");
  await go(visitor);
  await name(visitor, "this phone", "mfa-webauthn-change-key-nickname-device");
  await visitor.isBack();
  await logIn(visitor, email, { acr_values: "phr" });
  await visitor.look("mfa-webauthn-platform-challenge");
  await go(visitor);
  await visitor.isBack();
  // Who asks for a code all the same is offered the passkey where it would be typed, and this browser picks it by itself.
  await logIn(visitor, email);
  await visitor.press("pick-authenticator");
  await visitor.press("sms");
  await visitor.isBack();
  // The same beside the code of an app.
  const { path } = await methodsOf(email);
  await manage("POST", path, { type: "totp", totp_secret: "OBISTIFU3PPJI6JQXRP2B3IXJROJRFJZ" });
  await logIn(visitor, email);
  await visitor.press("pick-authenticator");
  await visitor.press("otp");
  await visitor.isBack();
  await visitor.leave();
});

await call("a second device is bound beside a key, and either is used", async () => {
  const { visitor, email } = await withKey("second@example.com");
  await device(visitor);
  await logIn(visitor, email);
  await go(visitor);
  await visitor.look("mfa-webauthn-platform-enrollment", "mfa-webauthn-platform-enrollment-second");
  await go(visitor);
  await name(visitor, "laptop", "mfa-webauthn-change-key-nickname-laptop");
  await visitor.isBack();
  assert.deepEqual((await methodsOf(email)).all.map((one) => one.name).sort(), ["key ring", "laptop"]);
  await logIn(visitor, email);
  await visitor.page.waitForURL("**/u/mfa-webauthn-platform-challenge*");
  await go(visitor);
  await visitor.isBack();
  await logIn(visitor, email);
  await visitor.press("pick-authenticator");
  await visitor.press("webauthn-roaming");
  await go(visitor);
  await visitor.isBack();
  await visitor.leave();
});

await call("who does not want it now is let in, and not asked again", async () => {
  const phone = "+14155550192";
  const email = "snooze@example.com";
  const visitor = await Visitor.come("snooze");
  await device(visitor);
  await signUp(visitor, email);
  await visitor.press("phone");
  await visitor.fill({ phone });
  await visitor.press("sms");
  await visitor.enter(await codeOn(phone));
  await keepRecoveryCode(visitor);
  await visitor.isBack();
  for (const [count, asked] of [[2, true], [3, false]]) {
    await logIn(visitor, email);
    await visitor.press("sms");
    await visitor.page.waitForSelector("form [name=webauthn-platform-available]", { state: "attached" });
    await visitor.enter(await codeOn(phone, count));
    if (asked) await visitor.press("snooze-enrollment");
    await visitor.isBack();
  }
  await visitor.leave();
});

await call("a browser without scripts, and one without WebAuthn, offer another method", async () => {
  const plain = await Visitor.come("plain-key", { javaScriptEnabled: false });
  await signUp(plain, "plain-key@example.com");
  await plain.press("webauthn-roaming");
  await plain.look("mfa-webauthn-roaming-enrollment", "mfa-webauthn-roaming-enrollment-plain");
  await plain.press("pick-authenticator");
  await plain.press("phone");
  await plain.look("mfa-phone-enrollment", "mfa-phone-enrollment-plain");
  await plain.leave();
  const old = await Visitor.come("old-key");
  await old.context.addInitScript("delete window.PublicKeyCredential");
  await signUp(old, "old-key@example.com");
  await old.press("webauthn-roaming");
  await go(old);
  await old.look("mfa-webauthn-not-available-error");
  await old.press("pick-authenticator");
  await old.look("mfa-begin-enroll-options", "passkeys-enroll-options-old");
  await old.leave();
});

await close();
