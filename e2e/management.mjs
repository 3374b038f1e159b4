// The ManagementClient of auth0 for Node, as its users call it for phone MFA.
import { ManagementClient } from "auth0";
import { assert, call, refused, settings, unique } from "./calls.mjs";
import { sdkCalls, storedCalls } from "./sdk-calls.mjs";

const auth0 = new ManagementClient(settings);
const { guardian, users, clients, connections, resourceServers, clientGrants, logs, tenants } = auth0;
const phone = guardian.factors.phone;
const sms = guardian.factors.sms;

// ------------------------------------------------------------------ factors and policies
await call("guardian.factors.list", async () => {
  const factors = await guardian.factors.list();
  assert.equal(factors.length, 8);
  assert.equal(factors[0].name, "sms");
});
await call("guardian.factors.set sms off and on", async () => {
  assert.equal((await guardian.factors.set("sms", { enabled: false })).enabled, false);
  assert.equal((await guardian.factors.set("sms", { enabled: true })).enabled, true);
});
for (const policies of [[], ["confidence-score"], ["all-applications"]])
  await call(`guardian.policies.set ${JSON.stringify(policies)}, list`, async () => {
    assert.deepEqual(await guardian.policies.set(policies), policies);
    assert.deepEqual(await guardian.policies.list(), policies);
  });
await call("guardian.set, get", async () => {
  const wanted = {
    display_remember_me_checkbox: true,
    remember_me_default_value: false,
    mfa_session_inactivity_timeout: 86400,
    mfa_session_overall_timeout: 604800,
  };
  await guardian.set(wanted);
  assert.deepEqual(await guardian.get(), wanted);
});

// ------------------------------------------------------------------ the phone factor
for (const types of [["sms"], ["voice"], ["sms", "voice"]])
  await call(`phone.setMessageTypes ${types}, getMessageTypes`, async () => {
    await phone.setMessageTypes({ message_types: types });
    assert.deepEqual((await phone.getMessageTypes()).message_types, types);
  });
for (const provider of ["auth0", "phone-message-hook", "twilio"])
  await call(`phone.setProvider ${provider}, getSelectedProvider`, async () => {
    await phone.setProvider({ provider });
    assert.equal((await phone.getSelectedProvider()).provider, provider);
    assert.equal((await sms.getSelectedProvider()).provider, provider);
  });
await call("phone.setTwilioProvider, getTwilioProvider", async () => {
  await phone.setTwilioProvider({ sid: "AC" + "0".repeat(32), auth_token: "a token", from: "+12025550123" });
  const account = await phone.getTwilioProvider();
  assert.equal(account.from, "+12025550123");
  assert.notEqual(account.auth_token, "a token");
});
await call("phone.setTwilioProvider takes from away by null", async () => {
  const sid = "AC" + "0".repeat(32);
  await phone.setTwilioProvider({ sid, auth_token: "a token", messaging_service_sid: "MG" + "1".repeat(32), from: null });
  const account = await phone.getTwilioProvider();
  assert.equal(account.from, null);
  assert.equal(account.messaging_service_sid, "MG" + "1".repeat(32));
  await phone.setTwilioProvider({ sid, auth_token: "a token", from: "+12025550123", messaging_service_sid: null });
  assert.equal((await phone.getTwilioProvider()).messaging_service_sid, null);
});
await call("sms.setTwilioProvider, getTwilioProvider", async () => {
  await sms.setTwilioProvider({ sid: "AC" + "0".repeat(32), auth_token: "a token", from: "+12025550124" });
  assert.equal((await phone.getTwilioProvider()).from, "+12025550124");
  assert.equal((await sms.getTwilioProvider()).from, "+12025550124");
});
await call("sms.setProvider", async () => {
  assert.equal((await sms.setProvider({ provider: "twilio" })).provider, "twilio");
});
const templates = {
  enrollment_message: "{{code}} is your code for {{tenant.friendly_name}}",
  verification_message: "{{code}} is your code to sign in to {{tenant.friendly_name}}",
};
await call("phone.setTemplates, sms.getTemplates", async () => {
  await phone.setTemplates(templates);
  assert.deepEqual({ ...(await sms.getTemplates()) }, templates);
});
await call("sms.setTemplates, phone.getTemplates", async () => {
  await sms.setTemplates({ ...templates, enrollment_message: "{{code}} enrols you" });
  assert.equal((await phone.getTemplates()).enrollment_message, "{{code}} enrols you");
});
await call("phone.set, get", async () => {
  await phone.set({ otp_length: 8, otp_expiration_time: 120 });
  assert.deepEqual({ ...(await phone.get()) }, { otp_length: 8, otp_expiration_time: 120 });
});

// ------------------------------------------------------------------ users and their authenticators
const email = `node-${unique}@example.com`;
const user = await call("users.create", () =>
  users.create({
    connection: "Username-Password-Authentication",
    email,
    password: "correct horse battery",
    email_verified: true,
    user_metadata: { colour: "blue" },
    app_metadata: { plan: "gold" },
  }),
);
const id = user?.user_id;
await call("users.get", async () => assert.equal((await users.get(id)).email, email));
await call("users.list by q", async () => {
  const page = await users.list({ q: `email:"${email}"`, search_engine: "v3" });
  assert.deepEqual(page.data.map((one) => one.user_id), [id]);
});
await call("users.listUsersByEmail", async () => assert.equal((await users.listUsersByEmail({ email })).length, 1));
await call("users.update", async () => {
  const changed = await users.update(id, { user_metadata: { size: "L" } });
  assert.deepEqual({ ...changed.user_metadata }, { colour: "blue", size: "L" });
});
const methods = users.authenticationMethods;
const method = await call("users.authenticationMethods.create", () =>
  methods.create(id, {
    type: "phone",
    name: "Phone",
    phone_number: "+12025550123",
    preferred_authentication_method: "sms",
  }),
);
await call("users.authenticationMethods.list", async () => {
  const page = await methods.list(id);
  assert.ok(page.data.some((one) => one.id === method.id));
});
await call("users.authenticationMethods.get", async () =>
  assert.match((await methods.get(id, method.id)).phone_number, /^X+0123$/));
await call("users.authenticationMethods.update", async () => {
  await methods.update(id, method.id, { preferred_authentication_method: "voice", name: "Phone" });
  assert.equal((await methods.get(id, method.id)).preferred_authentication_method, "voice");
});
await call("users.enrollments.get", async () => assert.equal((await users.enrollments.get(id)).length, 1));
await call("guardian.enrollments.get, delete", async () => {
  const [enrollment] = await users.enrollments.get(id);
  assert.equal((await guardian.enrollments.get(enrollment.id)).status, "confirmed");
  await guardian.enrollments.delete(enrollment.id);
  await refused(404, () => guardian.enrollments.get(enrollment.id));
});
await call("users.authenticationMethods.set", async () => {
  const phones = ["+12025550125", "+12025550126"];
  const set = await methods.set(
    id,
    phones.map((phone_number) => ({ type: "phone", phone_number, preferred_authentication_method: "sms" })),
  );
  assert.equal(set.length, 2);
});
await call("users.regenerateRecoveryCode", async () => {
  await guardian.factors.set("recovery-code", { enabled: true });
  assert.equal((await users.regenerateRecoveryCode(id)).recovery_code.length, 24);
});
await call("users.authenticationMethods.delete", async () => {
  const page = await methods.list(id);
  await methods.delete(id, page.data.find((one) => one.type === "phone").id);
});
await call("users.authenticationMethods.deleteAll", async () => {
  await methods.deleteAll(id);
  assert.equal((await methods.list(id)).data.filter((one) => one.type === "phone").length, 0);
});
await call("users.authenticators.deleteAll", () => users.authenticators.deleteAll(id));
await call("users.multifactor.invalidateRememberBrowser", () => users.multifactor.invalidateRememberBrowser(id));
await call("guardian.enrollments.createTicket", async () => {
  const ticket = await guardian.enrollments.createTicket({ user_id: id, send_mail: false });
  assert.match(ticket.ticket_url, /^https:/);
});
await call("users.logs.list", async () => assert.ok((await users.logs.list(id)).data.length > 0));
await call("users.delete", async () => {
  await users.delete(id);
  await refused(404, () => users.get(id));
});

// ------------------------------------------------------------------ the neighbours
const client = await call("clients.create", () =>
  clients.create({
    name: `Node ${unique}`,
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
    callbacks: ["http://127.0.0.1/cb"],
    token_endpoint_auth_method: "client_secret_post",
  }),
);
await call("clients.get", async () => assert.equal((await clients.get(client.client_id)).name, `Node ${unique}`));
await call("clients.list", async () => {
  const page = await clients.list({ is_global: false, per_page: 100 });
  assert.ok(page.data.some((one) => one.client_id === client.client_id));
});
await call("clients.update", async () =>
  assert.equal((await clients.update(client.client_id, { description: "changed" })).description, "changed"));
await call("clients.rotateSecret", async () =>
  assert.notEqual((await clients.rotateSecret(client.client_id)).client_secret, client.client_secret));
const connection = await call("connections.create", () =>
  connections.create({ name: `node-${unique}`, strategy: "auth0" }),
);
await call("connections.list by name", async () => {
  const page = await connections.list({ name: `node-${unique}` });
  assert.deepEqual(page.data.map((one) => one.id), [connection.id]);
});
await call("connections.clients.update, get", async () => {
  await connections.clients.update(connection.id, [{ client_id: client.client_id, status: true }]);
  const page = await connections.clients.get(connection.id);
  assert.deepEqual(page.data.map((one) => one.client_id), [client.client_id]);
});
const identifier = `https://${unique}.api.example.com/`;
const api = await call("resourceServers.create", () =>
  resourceServers.create({ name: "Node API", identifier, scopes: [{ value: "read:x", description: "Read x" }] }),
);
await call("resourceServers.get", async () => assert.equal((await resourceServers.get(api.id)).identifier, identifier));
await call("resourceServers.list", async () => {
  const page = await resourceServers.list();
  assert.ok(page.data.some((one) => one.id === api.id));
  assert.ok(page.data.some((one) => one.is_system && one.identifier === `https://${settings.domain}/api/v2/`));
});
const grant = await call("clientGrants.create", () =>
  clientGrants.create({ client_id: client.client_id, audience: identifier, scope: ["read:x"] }),
);
await call("clientGrants.list", async () => {
  const page = await clientGrants.list({ client_id: client.client_id });
  assert.deepEqual(page.data.map((one) => one.id), [grant.id]);
});
await call("clientGrants.update", async () => {
  await clientGrants.update(grant.id, { scope: [] });
});
await call("clientGrants.delete", () => clientGrants.delete(grant.id));
await call("resourceServers.delete", () => resourceServers.delete(api.id));
await call("connections.delete", () => connections.delete(connection.id));
await call("clients.delete", () => clients.delete(client.client_id));

// ------------------------------------------------------------------ users in and out
const { jobs } = auth0;
const ended = async (id) => {
  for (;;) {
    const job = await jobs.get(id);
    if (job.status === "completed" || job.status === "failed") return job;
  }
};
await call("jobs.usersImports.create, jobs.get, jobs.errors.get", async () => {
  const page = await connections.list({ name: "Username-Password-Authentication" });
  const rows = [
    { email: `import-${unique}@example.com`, mfa_factors: [{ phone: { value: "+12025550127" } }] },
    { email: "no address" },
  ];
  const users = new File([JSON.stringify(rows)], "users.json", { type: "application/json" });
  const { id } = await jobs.usersImports.create({ users, connection_id: page.data[0].id, upsert: true });
  const job = await ended(id);
  assert.equal(job.summary.inserted, 1);
  assert.equal(job.summary.failed, 1);
  assert.equal((await jobs.errors.get(id)).length, 1);
});
await call("jobs.usersExports.create", async () => {
  const { id } = await jobs.usersExports.create({ format: "json" });
  const file = await fetch((await ended(id)).location);
  const text = await new Response(file.body.pipeThrough(new DecompressionStream("gzip"))).text();
  assert.ok(text.includes(`import-${unique}@example.com`));
});

// ------------------------------------------------------------------ settings and the log
await call("tenants.settings.update, get", async () => {
  await tenants.settings.update({
    friendly_name: `Example ${unique}`,
    support_email: "support@example.com",
    session_lifetime: 24,
    idle_session_lifetime: 12,
    enabled_locales: ["en", "de"],
  });
  await tenants.settings.update({ flags: { enable_client_connections: false } });
  const kept = await tenants.settings.get();
  assert.equal(kept.friendly_name, `Example ${unique}`);
  assert.deepEqual([...kept.enabled_locales], ["en", "de"]);
  assert.equal(kept.flags.enable_client_connections, false);
});
await call("branding.update, get", async () => {
  await auth0.branding.update({ colors: { primary: "#123456" }, logo_url: "https://example.com/logo.png" });
  assert.equal((await auth0.branding.get()).colors.primary, "#123456");
});
await call("prompts.customText.set, get", async () => {
  const texts = { "mfa-sms-challenge": { title: "Your code" } };
  await auth0.prompts.customText.set("mfa-sms", "en", texts);
  assert.deepEqual(JSON.parse(JSON.stringify(await auth0.prompts.customText.get("mfa-sms", "en"))), texts);
});
await call("logs.list, get", async () => {
  const page = await logs.list({ per_page: 5, sort: "date:-1" });
  assert.equal(page.data.length, 5);
  assert.equal((await logs.get(page.data[0].log_id)).log_id, page.data[0].log_id);
});
await call("logs.list by search, and by q", async () => {
  for (const page of [await logs.list({ search: "type:sapi" }), await logs.list({}, { queryParams: { q: "type:sapi" } })])
    assert.deepEqual([...new Set(page.data.map((one) => one.type))], ["sapi"]);
});
await call("logs.list iterates to the end", async () => {
  let seen = 0;
  for await (const _ of await logs.list({ per_page: 20 })) seen++;
  assert.ok(seen > 20);
});
await call("logs.list by checkpoint", async () => {
  // A record is walked past only when it is two seconds old.
  const walk = async (from, take) => {
    for (;;) {
      const { data } = await logs.list({}, { queryParams: { take, ...from } });
      if (data.length === take) return data;
    }
  };
  const first = await walk({}, 10);
  const [next] = await walk({ from: first[4].log_id }, 1);
  assert.equal(next.log_id, first[5].log_id);
});
await call("an unknown property is a BadRequestError", () =>
  refused(400, () => guardian.factors.set("sms", { enabled: true, more: 1 })));
await call("what is not there is a NotFoundError", () => refused(404, () => users.get("auth0|nobody")));
await call("the calls that the reference names are the SDK's", () => assert.equal(storedCalls(), sdkCalls()));
