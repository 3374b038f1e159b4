// Runs calls one after the other and prints one line of JSON for each, which the test that started this reads.
import { strict as assert } from "node:assert";

export { assert };

export const settings = {
  domain: process.env.RINGCODE_DOMAIN,
  clientId: process.env.RINGCODE_CLIENT_ID,
  clientSecret: process.env.RINGCODE_CLIENT_SECRET,
};

/** A call that does not come back is reported; those after it run all the same, and fail if they needed it. */
export async function call(name, work) {
  try {
    const result = await work();
    console.log(JSON.stringify({ call: name }));
    return result;
  } catch (failure) {
    console.log(JSON.stringify({ call: name, failure: failure.stack ?? String(failure) }));
    return undefined;
  }
}

/** @param status that the SDK must report */
export async function refused(status, work) {
  await assert.rejects(work, (failure) => failure.statusCode === status);
}

export const unique = Date.now().toString(36);

/** A call of the Management API by the administrator's program. */
export async function manage(method, path, body) {
  const base = `https://${settings.domain}`;
  const token = await fetch(`${base}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: process.env.RINGCODE_ADMIN_ID,
      client_secret: process.env.RINGCODE_ADMIN_SECRET,
      audience: `${base}/api/v2/`,
    }),
  });
  const { access_token } = await token.json();
  const response = await fetch(`${base}/api/v2/${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text && JSON.parse(text);
}
