// Phone providers and templates of the branding through the ManagementClient of auth0 for Node.
import { ManagementClient } from "auth0";
import { assert, call, refused, settings } from "./calls.mjs";

const { providers, templates } = new ManagementClient(settings).branding.phone;
const configuration = { sid: "AC" + "0".repeat(32), default_from: "+12025550123", delivery_methods: ["text", "voice"] };
const credentials = { auth_token: "a token" };

const provider = await call("branding.phone.providers.create", () =>
  providers.create({ name: "twilio", disabled: false, configuration, credentials }),
);
await call("branding.phone.providers.list", async () => {
  const { providers: all } = await providers.list();
  assert.deepEqual(all.map((one) => one.id), [provider.id]);
});
await call("branding.phone.providers.get", async () => {
  const one = await providers.get(provider.id);
  assert.deepEqual([...one.configuration.delivery_methods], ["text", "voice"]);
  assert.ok(!JSON.stringify(one).includes("a token"));
});
await call("branding.phone.providers.test", () =>
  providers.test(provider.id, { to: "+12025550199", delivery_method: "text" }));
await call("branding.phone.providers.update", async () => {
  const changed = { name: "twilio", disabled: true, configuration: { ...configuration, delivery_methods: ["text"] }, credentials };
  assert.equal((await providers.update(provider.id, changed)).disabled, true);
});
await call("branding.phone.providers.delete", async () => {
  await providers.delete(provider.id);
  await refused(404, () => providers.get(provider.id));
});

const body = { text: "{{ code }} is your code", voice: "{{ code }} is your code" };
const template = await call("branding.phone.templates.create", () =>
  templates.create({ type: "otp_verify", disabled: false, content: { syntax: "liquid", from: "+12025550123", body } }),
);
await call("branding.phone.templates.list", async () => {
  const { templates: all } = await templates.list();
  assert.ok(all.some((one) => one.id === template.id));
});
await call("branding.phone.templates.get", async () =>
  assert.equal((await templates.get(template.id)).content.body.text, body.text));
await call("branding.phone.templates.update", async () => {
  const changed = await templates.update(template.id, { disabled: true, content: { body: { text: "{{ code }}!" } } });
  assert.equal(changed.disabled, true);
});
await call("branding.phone.templates.reset", () => templates.reset(template.id, {}));
await call("branding.phone.templates.delete", async () => {
  await templates.delete(template.id);
  await refused(404, () => templates.get(template.id));
});
