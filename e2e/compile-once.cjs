// Loaded before Auth0's deploy tool, which checks a file twice as it imports it, and each time compiles the same schema of 8 MB
// for ten seconds. Both checks are made, with what was compiled for the first.
const Ajv = require("ajv");

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
