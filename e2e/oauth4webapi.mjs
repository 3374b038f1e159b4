// The package oauth4webapi: the same protocol, step by step, and the response modes that openid-client does not take.
import * as oauth from "oauth4webapi";
import { assert, call, settings } from "./calls.mjs";
import { formOf, Person } from "./person.mjs";

const redirectUri = "https://app.example/callback";
const person = new Person(process.env.RINGCODE_USERNAME, process.env.RINGCODE_PASSWORD, "+14155550173");
const issuer = new URL(`https://${settings.domain}/`);
const client = { client_id: settings.clientId };
const clientAuth = oauth.ClientSecretPost(settings.clientSecret);

const as = await call("processDiscoveryResponse", async () =>
  oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer)));

async function authorize(parameters) {
  const url = new URL(as.authorization_endpoint);
  const all = { client_id: client.client_id, redirect_uri: redirectUri, scope: "openid email", ...parameters };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return person.signIn(url.href);
}

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
