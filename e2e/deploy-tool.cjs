// Loaded before Auth0's deploy tool, which waits and computes more than a test has time for. What it asks and checks stays.
const Ajv = require("ajv");
const { PromisePoolGroupPrivate } = require("promise-pool-executor/private/group");

// It checks a file twice as it imports it, and each time compiles the same schema of 8 MB for ten seconds.
const compiled = new WeakMap();
const { validate } = Ajv.prototype;

Ajv.prototype.validate = function (schema, data) {
  if (typeof schema !== "object") return validate.call(this, schema, data);
  if (!compiled.has(schema)) compiled.set(schema, this.compile(schema));
  const check = compiled.get(schema);
  const valid = check(data);
  this.errors = check.errors;
  return valid;
};

// It makes eight requests a second at most. Here it makes as many in a twentieth of that.
const { get, set } = Object.getOwnPropertyDescriptor(PromisePoolGroupPrivate.prototype, "frequencyWindow");
Object.defineProperty(PromisePoolGroupPrivate.prototype, "frequencyWindow", {
  get,
  set(window) {
    set.call(this, (window ?? 1000) / 20);
  },
});
