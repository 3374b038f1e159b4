// Hooks and their secrets through the ManagementClient of auth0 for Node.
import { ManagementClient } from "auth0";
import { assert, call, refused, settings } from "./calls.mjs";

const { hooks } = new ManagementClient(settings);
const script = "module.exports = function (recipient, text, context, cb) { cb(null, {}); };";

const hook = await call("hooks.create", () =>
  hooks.create({ name: "example", script, triggerId: "send-phone-message" }),
);
await call("hooks.list", async () => {
  const page = await hooks.list({ triggerId: "send-phone-message" });
  assert.deepEqual(page.data.map((one) => one.id), [hook.id]);
});
await call("hooks.get", async () => assert.equal((await hooks.get(hook.id)).script, script));
await call("hooks.update", async () => assert.equal((await hooks.update(hook.id, { enabled: true })).enabled, true));
await call("hooks.secrets.create", () => hooks.secrets.create(hook.id, { API_KEY: "one", OTHER: "two" }));
await call("hooks.secrets.get", async () =>
  assert.deepEqual({ ...(await hooks.secrets.get(hook.id)) }, { API_KEY: "_VALUE_NOT_SHOWN_", OTHER: "_VALUE_NOT_SHOWN_" }));
await call("hooks.secrets.update", () => hooks.secrets.update(hook.id, { API_KEY: "three" }));
await call("hooks.secrets.delete", async () => {
  await hooks.secrets.delete(hook.id, ["OTHER"]);
  assert.deepEqual(Object.keys(await hooks.secrets.get(hook.id)), ["API_KEY"]);
});
await call("hooks.delete", async () => {
  await hooks.delete(hook.id);
  await refused(404, () => hooks.get(hook.id));
});
