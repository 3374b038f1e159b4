// Security keys and devices in a real Chromium, whose authenticators are virtual (Chrome DevTools Protocol, domain WebAuthn).
import { close, codeOn, Visitor } from "./browser.mjs";
import { assert, call, manage } from "./calls.mjs";

const password = "a few words to remember";

/** An authenticator that is plugged into a visitor's browser, or built in. */
class Authenticator {
  static async add(visitor, transport) {
    const added = new Authenticator();
    added.cdp = visitor.cdp ??= await visitor.context.newCDPSession(visitor.page);
    await added.cdp.send("WebAuthn.enable");
    const options = {
      protocol: "ctap2",
      transport,
      hasUserVerification: true,
      hasResidentKey: transport === "internal",
      isUserVerified: true,
      automaticPresenceSimulation: true,
    };
    ({ authenticatorId: added.id } = await added.cdp.send("WebAuthn.addVirtualAuthenticator", { options }));
    return added;
  }

  async owner(isUserVerified) {
    await this.cdp.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified });
  }

  async credentials() {
    return (await this.cdp.send("WebAuthn.getCredentials", { authenticatorId: this.id })).credentials;
  }

  async remove() {
    await this.cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: this.id });
  }
}

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
