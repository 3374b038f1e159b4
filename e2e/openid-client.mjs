// The package openid-client: a whole sign-in, its tokens validated, and everything that may follow.
import * as client from "openid-client";
import { assert, call, settings } from "./calls.mjs";
import { Person } from "./person.mjs";

const redirect_uri = "https://app.example/callback";
const person = new Person(process.env.RINGCODE_USERNAME, process.env.RINGCODE_PASSWORD, "+14155550171");
const issuer = new URL(`https://${settings.domain}/`);
const MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

const config = await call("discovery", () =>
  client.discovery(issuer, settings.clientId, undefined, client.ClientSecretPost(settings.clientSecret)));

async function signIn(more = {}, checks = {}, options = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: "openid profile email offline_access",
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
    ...more,
  });
  const { url: back } = await person.signIn(url.href);
  return client.authorizationCodeGrant(config, new URL(back), {
    pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true, ...checks,
  }, undefined, options);
}

const tokens = await call("authorizationCodeGrant", async () => {
  const granted = await signIn();
  assert.deepEqual(granted.claims().amr, ["pwd", "sms", "mfa"]);
  return granted;
});
await call("fetchUserInfo", async () => {
  const claims = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  assert.equal(claims.email, person.email);
});
const refreshed = await call("refreshTokenGrant", async () => {
  const next = await client.refreshTokenGrant(config, tokens.refresh_token);
  assert.notEqual(next.refresh_token, tokens.refresh_token);
  assert.deepEqual(next.claims().amr, ["pwd", "sms", "mfa"]);
  assert.equal(next.claims().auth_time, tokens.claims().auth_time);
  return next;
});
await call("tokenRevocation", async () => {
  await client.tokenRevocation(config, refreshed.refresh_token);
  await assert.rejects(() => client.refreshTokenGrant(config, refreshed.refresh_token), { error: "invalid_grant" });
});
await call("max_age and acr_values", async () => {
  const stepped = await signIn({ max_age: "3600", acr_values: MULTI_FACTOR }, { maxAge: 3600 });
  assert.equal(stepped.claims().acr, MULTI_FACTOR);
});
await call("prompt=none with a session", async () => {
  const silent = await signIn({ prompt: "none" });
  assert.equal(silent.claims().auth_time !== undefined, true);
});
await call("prompt=none without one", async () => {
  const stranger = new Person("nobody@example.com", "x", "+14155550172");
  const url = client.buildAuthorizationUrl(config, { redirect_uri, scope: "openid", prompt: "none" });
  const { url: back } = await stranger.signIn(url.href);
  await assert.rejects(() => client.authorizationCodeGrant(config, new URL(back)), { error: "login_required" });
});
await call("DPoP", async () => {
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
  const dpop_jkt = await DPoP.calculateThumbprint();
  const bound = await signIn({ dpop_jkt }, {}, { DPoP });
  assert.equal(bound.token_type, "dpop");
  const claims = await client.fetchUserInfo(config, bound.access_token, bound.claims().sub, { DPoP });
  assert.equal(claims.email, person.email);
  const next = await client.refreshTokenGrant(config, bound.refresh_token, undefined, { DPoP });
  assert.equal(next.token_type, "dpop");
  await assert.rejects(() => signIn({ dpop_jkt }), { error: "invalid_dpop_proof" });
  await assert.rejects(() => client.fetchUserInfo(config, bound.access_token, bound.claims().sub));
  // A client with a secret may change its key (RFC 9449 section 5).
  const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
  const rebound = await client.refreshTokenGrant(config, next.refresh_token, undefined, { DPoP: other });
  await assert.rejects(() => client.fetchUserInfo(config, rebound.access_token, bound.claims().sub, { DPoP }));
  await client.fetchUserInfo(config, rebound.access_token, bound.claims().sub, { DPoP: other });
});
await call("buildEndSessionUrl", async () => {
  const url = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token, post_logout_redirect_uri: "https://app.example/bye", state: "s",
  });
  assert.equal((await person.signIn(url.href)).url, "https://app.example/bye?state=s");
});
