// The AuthenticationClient that auth0 keeps for those who come from its fourth version.
import { AuthenticationClient } from "auth0/legacy";
import { assert, call, settings } from "./calls.mjs";

const { RINGCODE_USERNAME: username, RINGCODE_PASSWORD: password } = process.env;
const { oauth } = new AuthenticationClient(settings);
const audience = `https://${settings.domain}/api/v2/`;

/** The password is right and a second factor wanted: what the SDK makes of that. */
const demanded = (failure) => failure.error === "mfa_required" && failure.body.includes("mfa_token");

await call("oauth.clientCredentialsGrant", async () => {
  const { data } = await oauth.clientCredentialsGrant({ audience });
  assert.equal(data.token_type, "Bearer");
});
await call("oauth.passwordGrant", () =>
  assert.rejects(() => oauth.passwordGrant({ username, password, scope: "openid profile email" }), demanded));
await call("oauth.passwordGrant by realm", () =>
  assert.rejects(
    () => oauth.passwordGrant({ username, password, realm: "Username-Password-Authentication", scope: "openid" }),
    demanded,
  ));
await call("oauth.passwordGrant with a wrong password", () =>
  assert.rejects(
    () => oauth.passwordGrant({ username, password: "wrong", scope: "openid" }),
    (failure) => failure.statusCode === 403 && failure.error === "invalid_grant",
  ));
