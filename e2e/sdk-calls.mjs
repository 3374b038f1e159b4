// Which call of Auth0's SDK for Node makes which request, read from the SDK itself: `node sdk-calls.mjs`, among the installed
// packages, prints what src/main/resources/io/ringcode/reference/sdk-calls.txt holds.
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const reference = new URL("../../src/main/resources/io/ringcode/reference/", import.meta.url);
const HEAD = "# Requests, and the calls of Auth0's SDK for Node that make them, with what they take. Made by e2e/sdk-calls.mjs.\n";
const METHOD = /(?<=\n) {4}(?:__)?(\w+)\(([^)]*)\) \{([\s\S]*?)\n {4}\}(?=\n)/g;
const REQUEST = /handleNonStatusCodeError\)\(_response\.error, _response\.rawResponse, "(\w+)", "([^"]+)"\)/;

const withoutNames = (path) => path.replaceAll(/\{[^}]+\}/g, "{}");

/** What the file should hold: the calls of those operations that this server has. */
export function sdkCalls() {
  const root = fileURLToPath(import.meta.resolve("auth0")).replace(/(\/auth0\/).*/s, "$1dist/cjs/management/api/resources");
  const operations = new Set(
    readFileSync(new URL("operations.txt", reference), "utf8").split("\n")
      .map((line) => line.split(" | ")[0].trim()).filter((line) => line.includes(" /api/v2/"))
      .map((line) => withoutNames(line.replace(" /api/v2", " "))),
  );
  const lines = new Map();
  for (const file of readdirSync(root, { recursive: true }).filter((name) => name.endsWith("client/Client.js")).sort()) {
    const where = file.replace(/\/client\/Client\.js$/, "").split("/resources/").join(".");
    for (const [, name, parameters, body] of readFileSync(`${root}/${file}`, "utf8").matchAll(METHOD)) {
      const [, method, path] = body.match(REQUEST) ?? [];
      const request = `${method} ${withoutNames(path ?? "")}`;
      if (!operations.has(request) || lines.has(request)) continue;
      const takes = parameters.split(",").map((one) => one.trim().split(" ")[0]).filter((one) => one && one !== "requestOptions");
      lines.set(request, `${request} | ${where}.${name} | ${takes.join(" ")}`);
    }
  }
  return `${HEAD}${[...lines.values()].sort().join("\n")}\n`;
}

export const storedCalls = () => readFileSync(new URL("sdk-calls.txt", reference), "utf8");

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) process.stdout.write(sdkCalls());
