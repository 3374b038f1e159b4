// Kubernetes objects held to the schemas of Kubernetes' own API: what is required, of which type, and that no name is unknown to it.
import { readFileSync } from "node:fs";
import { assert, call } from "./calls.mjs";

/** The object, and the names that were looked for in it: a schema looks for each that it knows. */
function watched(object, path, asked) {
  if (object === null || typeof object !== "object") return object;
  const parts = Array.isArray(object) ? object.map((part, place) => watched(part, `${path}/${place}`, asked)) : object;
  return new Proxy(parts, {
    get(target, name) {
      if (typeof name !== "string" || !Object.hasOwn(target, name)) return target[name];
      asked.add(`${path}/${name}`);
      return Array.isArray(target) ? target[name] : watched(target[name], `${path}/${name}`, asked);
    },
  });
}

function names(object, path) {
  if (object === null || typeof object !== "object") return [];
  return Object.entries(object).flatMap(([name, part]) => [`${path}/${name}`, ...names(part, `${path}/${name}`)]);
}

for (const object of JSON.parse(readFileSync(process.env.RINGCODE_MANIFESTS, "utf8")))
  await call(`${object.kind} ${object.metadata.name}`, async () => {
    const { validate } = await schema(object);
    const asked = new Set();
    const fits = validate(watched(object, "", asked));
    assert.deepEqual(fits ? [] : validate.errors.map((error) => `${error.instancePath} ${error.keyword} ${JSON.stringify(error.params)}`), []);
    assert.deepEqual(names(object, "").filter((name) => !asked.has(name)), [], "names that the API does not have");
  });

/** The compiled schema of an object's group, version and kind. */
async function schema({ apiVersion, kind }) {
  const [version, group] = apiVersion.split("/").reverse();
  const room = group ? group.split(".")[0] : "core";
  const capital = (word) => word[0].toUpperCase() + word.slice(1);
  return import(new URL(`node_modules/kubernetes-models/_schemas/IoK8sApi${capital(room)}${capital(version)}${kind}.js`, import.meta.url));
}
