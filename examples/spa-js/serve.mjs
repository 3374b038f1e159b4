// Serves this folder's page and Auth0's SDK to one's own browser: by https, with Ringcode's own local certificate, because
// to browsers http://localhost and https://localhost are two sites, and a frame of another site has no session.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const here = (name) => new URL(name, import.meta.url);
const { PORT = "3000", DOMAIN = "localhost:8443", CLIENT_ID = "demo-spa" } = process.env;
const { TLS = fileURLToPath(here("../../ringcode-data/tls")) } = process.env;
const sdk = createRequire(import.meta.url).resolve("@auth0/auth0-spa-js/dist/auth0-spa-js.production.esm.js");
const files = {
  "/": ["text/html", () => readFile(here("index.html"))],
  "/app.js": ["text/javascript", () => readFile(here("app.js"))],
  "/style.css": ["text/css", () => readFile(here("style.css"))],
  "/auth0-spa-js.js": ["text/javascript", () => readFile(sdk)],
  "/settings.json": ["application/json", () => JSON.stringify({ domain: DOMAIN, clientId: CLIENT_ID })],
};

const identity = { cert: readFileSync(join(TLS, "server.pem")), key: readFileSync(join(TLS, "server.key")) };
const server = createServer(identity, async (request, response) => {
  const file = files[new URL(request.url, "https://localhost").pathname];
  if (!file) return response.writeHead(404).end();
  const [type, read] = file;
  response.writeHead(200, { "content-type": `${type};charset=utf-8`, "cache-control": "no-store" }).end(await read());
});
server.listen(Number(PORT), "localhost", () => console.log(`Open https://localhost:${server.address().port}/`));
