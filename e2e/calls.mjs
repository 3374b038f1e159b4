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
