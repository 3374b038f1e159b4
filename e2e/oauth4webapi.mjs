// The package oauth4webapi: the same protocol, step by step, and the response modes that openid-client does not take.
import * as oauth from "oauth4webapi";
import { assert, call, manage, settings } from "./calls.mjs";
import { formOf, Person } from "./person.mjs";

const MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";
const redirectUri = "https://app.example/callback";
const person = new Person(process.env.RINGCODE_USERNAME, process.env.RINGCODE_PASSWORD, "+14155550173");
const issuer = new URL(`https://${settings.domain}/`);
const client = { client_id: settings.clientId };
const clientAuth = oauth.ClientSecretPost(settings.clientSecret);

const as = await call("processDiscoveryResponse", async () =>
  oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer)));

async function authorize(parameters, who = person) {
  const url = new URL(as.authorization_endpoint);
  const all = { client_id: client.client_id, redirect_uri: redirectUri, scope: "openid email", ...parameters };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return who.signIn(url.href);
}

/** A whole sign-in, and the claims of its ID token, whose signature was checked. */
async function claimsOf(parameters, who) {
  const verifier = oauth.generateRandomCodeVerifier();
  const back = await authorize({
    response_type: "code", code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256", ...parameters,
  }, who);
  const answer = oauth.validateAuthResponse(as, client, new URL(back.url), oauth.expectNoState);
  const response = await oauth.authorizationCodeGrantRequest(as, client, clientAuth, answer, redirectUri, verifier);
  const result = await oauth.processAuthorizationCodeResponse(as, client, response, { requireIdToken: true });
  await oauth.validateApplicationLevelSignature(as, response);
  return oauth.getValidatedIdTokenClaims(result);
}

await call("the password alone says pwd, and no class", async () => {
  await manage("PUT", "guardian/policies", []);
  try {
    const { amr, acr } = await claimsOf({});
    assert.deepEqual(amr, ["pwd"]);
    assert.equal(acr, undefined);
  } finally {
    await manage("PUT", "guardian/policies", ["all-applications"]);
  }
});
await call("a code by SMS says sms and mfa, and the class of several factors", async () => {
  const { amr, acr } = await claimsOf({ acr_values: MULTI_FACTOR });
  assert.deepEqual(amr, ["pwd", "sms", "mfa"]);
  assert.equal(acr, MULTI_FACTOR);
});
await call("so does the session that answers without a page", async () => {
  const { amr, acr } = await claimsOf({ prompt: "none" });
  assert.deepEqual(amr, ["pwd", "sms", "mfa"]);
  assert.equal(acr, MULTI_FACTOR);
});

await call("code, in a query", async () => {
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const state = oauth.generateRandomState();
  const back = await authorize({
    response_type: "code", state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256",
  });
  const parameters = oauth.validateAuthResponse(as, client, new URL(back.url), state);
  const response = await oauth.authorizationCodeGrantRequest(as, client, clientAuth, parameters, redirectUri, verifier);
  const result = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: nonce, requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, response);
  const info = await oauth.userInfoRequest(as, client, result.access_token);
  const claims = await oauth.processUserInfoResponse(as, client, oauth.getValidatedIdTokenClaims(result).sub, info);
  assert.equal(claims.email, person.email);
});
await call("code, in a form", async () => {
  const verifier = oauth.generateRandomCodeVerifier();
  const page = await authorize({
    response_type: "code", response_mode: "form_post", state: 'a "state" & more',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256",
  });
  const { target, fields } = formOf(page.text);
  assert.equal(target, redirectUri);
  const parameters = oauth.validateAuthResponse(as, client, fields, 'a "state" & more');
  const response = await oauth.authorizationCodeGrantRequest(as, client, clientAuth, parameters, redirectUri, verifier);
  await oauth.processAuthorizationCodeResponse(as, client, response, { requireIdToken: true });
});
await call("id_token, in a fragment", async () => {
  const nonce = oauth.generateRandomNonce();
  const back = await authorize({ response_type: "id_token", nonce, state: "s" });
  const answer = new URLSearchParams(new URL(back.url).hash.slice(1));
  const claims = JSON.parse(Buffer.from(answer.get("id_token").split(".")[1], "base64url").toString());
  assert.equal(claims.nonce, nonce);
  assert.equal(answer.get("state"), "s");
});
await call("a wrong verifier", async () => {
  const back = await authorize({
    response_type: "code", code_challenge: await oauth.calculatePKCECodeChallenge("x".repeat(43)), code_challenge_method: "S256",
  });
  const parameters = oauth.validateAuthResponse(as, client, new URL(back.url), oauth.expectNoState);
  const response = await oauth.authorizationCodeGrantRequest(
    as, client, clientAuth, parameters, redirectUri, "y".repeat(43));
  await assert.rejects(() => oauth.processAuthorizationCodeResponse(as, client, response), { error: "invalid_grant" });
});
await call("a redirect URI that is not registered", async () => {
  const page = await authorize({ response_type: "code", redirect_uri: "https://evil.example/callback" });
  assert.equal(page.status, 400);
  assert.ok(page.url.startsWith(issuer.href));
});
await manage("PUT", "guardian/factors/webauthn-roaming", { enabled: true });
await call("a class that a code does not reach is answered by no token", async () => {
  const back = await authorize({ response_type: "code", acr_values: "phr", prompt: "none" });
  assert.throws(
    () => oauth.validateAuthResponse(as, client, new URL(back.url), oauth.expectNoState), { error: "login_required" });
});
await call("a passkey that is bound beside the code and used says hwk and user, and phr where that was asked", async () => {
  const { amr, acr } = await claimsOf({ acr_values: "phr" }, person.elsewhere());
  assert.deepEqual(amr, ["pwd", "sms", "hwk", "user", "mfa"]);
  assert.equal(acr, "phr");
});
await call("a passkey alone says no sms, and phr only where that was asked", async () => {
  const owner = person.elsewhere();
  const asked = await claimsOf({ acr_values: "phr" }, owner);
  assert.deepEqual(asked.amr, ["pwd", "hwk", "user", "mfa"]);
  assert.equal(asked.acr, "phr");
  const silent = await claimsOf({ prompt: "none" }, owner);
  assert.deepEqual(silent.amr, asked.amr);
  assert.equal(silent.acr, MULTI_FACTOR);
});
await manage("PUT", "guardian/factors/webauthn-roaming", { enabled: false });
