// The package @auth0/auth0-react, rendered in a real browser.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Authenticator } from "./authenticator.mjs";
import { callback, close, codeOn, origin, Visitor } from "./browser.mjs";
import { assert, call, manage, settings } from "./calls.mjs";
import { keepPicture } from "./chromium.mjs";

const phone = "+14155550195";
const second = "+14155550196";
const email = process.env.RINGCODE_USERNAME;

const resolve = createRequire(import.meta.url).resolve;
const part = (name, file) => join(resolve(`${name}/package.json`), "..", file);
const packages = {
  react: part("react", "cjs/react.production.js"),
  scheduler: part("scheduler", "cjs/scheduler.production.js"),
  "react-dom": part("react-dom", "cjs/react-dom.production.js"),
  "react-dom/client": part("react-dom", "cjs/react-dom-client.production.js"),
  "@auth0/auth0-react": resolve("@auth0/auth0-react"),
};

/** Packages of CommonJS as one module of the browser, as a bundler makes it. */
const bundle = () => `const sources = {${Object.entries(packages)
  .map(([name, file]) => `${JSON.stringify(name)}: (module, exports, require) => {${readFileSync(file, "utf8")}\n}`).join(",\n")}};
const made = {};
export function require(name) {
  if (!made[name]) sources[name](made[name] = { exports: {} }, made[name].exports, require);
  return made[name].exports;
}`;
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>React</title><link rel="icon" href="data:,">
<div id="root"></div><script type="module" src="react-page.mjs"></script></html>`;
const files = {
  "/": ["text/html", () => html],
  "/react-page.mjs": ["text/javascript", () => readFileSync(new URL("react-page.mjs", import.meta.url))],
  "/packages.mjs": ["text/javascript", bundle],
  "/settings.json": ["application/json", () => JSON.stringify({ domain: settings.domain, clientId: settings.clientId })],
};
const identity = { cert: readFileSync(join(process.env.TLS, "server.pem")), key: readFileSync(join(process.env.TLS, "server.key")) };
const server = createServer(identity, (request, response) => {
  const file = files[new URL(request.url, callback).pathname];
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": `${file[0]};charset=utf-8`, "cache-control": "no-store" }).end(file[1]());
});
await new Promise((ready) => server.listen(Number(new URL(callback).port), "localhost", ready));

const visitor = await Visitor.come("react", { extraHTTPHeaders: {} });
const { page } = visitor;

/** A method of what the hook gives. */
const account = (method, ...values) => page.evaluate(([name, args]) => window.auth0.myAccount[name](...args), [method, values]);
const refused = (method, ...values) => page.evaluate(
  ([name, args]) => window.auth0.myAccount[name](...args).then(() => "nothing", (failure) => `${failure.name}: ${failure.title}`),
  [method, values]);
const shows = (words) => page.waitForFunction((text) => document.getElementById("root").textContent.includes(text), words);

await call("log in by redirect, enrol, and see one's methods by the hook", async () => {
  await page.goto(callback);
  await page.click("#log-in");
  await page.waitForURL(`${origin}/u/login*`);
  await visitor.fill({ username: email, password: process.env.RINGCODE_PASSWORD });
  await visitor.press("default");
  await visitor.bindFirstPhone(phone);
  await page.waitForURL(callback);
  await shows(`Signed in as ${email}.`);
  await shows(`phone ${phone}`);
  await shows("recovery-code");
  await keepPicture(page, "react-methods");
});
await call("bind a second phone, name it, and remove it by the page", async () => {
  assert.ok((await account("getFactors")).some(({ type }) => type === "phone"));
  const begun = await account("enrollmentChallenge", { type: "phone", phone_number: second, preferred_authentication_method: "sms" });
  const proof = { type: "phone", location: begun.location, auth_session: begun.auth_session };
  const code = await codeOn(second);
  const wrong = code === "000000" ? "111111" : "000000";
  assert.equal(await refused("enrollmentVerify", { ...proof, otp_code: wrong }), "MyAccountApiError: Bad Request");
  const bound = await account("enrollmentVerify", { ...proof, otp_code: code });
  assert.equal(bound.phone_number, second);
  assert.equal((await account("updateAuthenticationMethod", bound.id, { name: "At work" })).name, "At work");
  await page.click("#list");
  await shows("phone At work");
  await page.click(`[id="${bound.id}"]`);
  await page.waitForFunction(() => !document.getElementById("root").textContent.includes("At work"));
  assert.equal(await refused("getAuthenticationMethod", bound.id), "MyAccountApiError: Resource Not Found");
});
await manage("PUT", "guardian/factors/webauthn-roaming", { enabled: true });
await call("bind a passkey", async () => {
  // What was removed ended the session and the refresh token.
  const [popup] = await Promise.all([
    page.waitForEvent("popup"),
    page.evaluate(() => { window.signingIn = window.auth0.loginWithPopup(); }),
  ]);
  await popup.waitForURL(`${origin}/u/login*`);
  await popup.fill("[name=username]", email);
  await popup.fill("[name=password]", process.env.RINGCODE_PASSWORD);
  await popup.click("button[value=default]");
  await popup.click("button[value=sms]");
  await popup.fill("[name=code]", await codeOn(phone, 2));
  // A sign-in that failed would be told here alone.
  assert.equal(await page.evaluate(() => window.signingIn.then(() => window.auth0.error)), undefined);
  const key = await Authenticator.add(visitor, "usb");
  const { authn_params_public_key: options, ...begun } = await account("enrollmentChallenge", { type: "passkey" });
  const made = await page.evaluate(async (publicKey) => {
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
    return credential.toJSON();
  }, options);
  const bound = await account("enrollmentVerify", {
    type: "passkey", location: begun.location, auth_session: begun.auth_session, authn_response: made,
  });
  assert.equal(bound.type, "webauthn-roaming");
  const [credential] = await key.credentials();
  assert.equal(bound.key_id, Buffer.from(credential.credentialId, "base64").toString("base64url"));
  assert.deepEqual((await account("getAuthenticationMethods", "passkey")).map(({ id }) => id), [bound.id]);
});
await manage("PUT", "guardian/factors/webauthn-roaming", { enabled: false });

await visitor.leave();
await close();
process.exit();
