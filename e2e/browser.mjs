// A real Chromium on the sign-in pages: what it shows is pictured, measured, and held to the rules of accessibility.
import { mkdirSync } from "node:fs";
import { bringRules, broken, launch } from "./chromium.mjs";
import { assert, settings } from "./calls.mjs";

const pictures = process.env.RINGCODE_PICTURES;
mkdirSync(pictures, { recursive: true });

export const origin = `https://${settings.domain}`;
export const callback = process.env.RINGCODE_CALLBACK;
const LARGEST = 60 * 1024;

const program = await launch();

let homes = 0;

export const close = () => program.close();

/** Somebody's browser, at an address of its own. What it complains of, and what it asks of others than this server, is kept. */
export class Visitor {
  complaints = [];

  static async come(name, options = {}) {
    const visitor = new Visitor();
    visitor.name = name;
    visitor.scripts = options.javaScriptEnabled !== false;
    visitor.context = await program.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width: 390, height: 844 },
      locale: "en-US",
      extraHTTPHeaders: { "x-forwarded-for": `198.51.100.${++homes}` },
      ...options,
    });
    await bringRules(visitor.context);
    visitor.page = await visitor.context.newPage();
    visitor.page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !/status of 4\d\d/.test(message.text()))
        visitor.complaints.push(message.text());
    });
    visitor.page.on("pageerror", (failure) => visitor.complaints.push(String(failure)));
    visitor.page.on("request", (request) => {
      if (![origin, new URL(callback).origin].some((known) => request.url().startsWith(known)) && !/^(data|blob):/.test(request.url()))
        visitor.complaints.push(`asked ${request.url()}`);
    });
    return visitor;
  }

  async go(parameters = {}) {
    const url = new URL(`${origin}/authorize`);
    const all = {
      client_id: settings.clientId, redirect_uri: callback, response_type: "code", scope: "openid", state: "s", ...parameters,
    };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    await this.page.goto(url.href);
  }

  /** Waits for a screen, pictures it, and holds it to the rules. */
  async look(screen, name = screen, largest = LARGEST) {
    await this.page.waitForURL((url) => url.pathname === `/u/${screen}` || url.pathname === screen);
    await this.page.waitForLoadState("load");
    await this.page.screenshot({ path: `${pictures}/${this.name}-${name}.png`, fullPage: true });
    assert.deepEqual(this.complaints, []);
    const wide = await this.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
    if (!this.scripts) return;
    assert.deepEqual(await broken(this.page), []);
    const parts = await this.page.evaluate(() =>
      [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .filter((entry) => !entry.name.includes("message-state"))
        .map((entry) => ({ name: new URL(entry.name).pathname, size: entry.decodedBodySize })));
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    assert.ok(size < largest, `${name} weighs ${size} bytes: ${parts.map((part) => `${part.name} ${part.size}`).join(", ")}`);
  }

  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.page.fill(`[name=${name}]`, value);
  }

  /** Types a code, which goes by itself with its last digit where there are scripts. */
  async enter(code) {
    if (!this.scripts) {
      await this.fill({ code });
      return this.press("default");
    }
    await Promise.all([this.page.waitForNavigation({ waitUntil: "commit" }), this.fill({ code })]);
  }

  async press(value) {
    await this.page.click(`button[value="${value}"]`);
  }

  /** What is said beside a field. */
  async wrong(field) {
    return this.page.textContent(`#${field}-problem`);
  }

  /** Waits until the browser is at the application again. */
  async isBack() {
    await this.page.waitForURL((url) => url.href.startsWith(callback));
    return new URL(this.page.url());
  }

  async leave() {
    assert.deepEqual(this.complaints, []);
    await this.context.close();
  }
}

/** Those with a code, the newest first; notices have none. */
export async function messagesTo(phone) {
  const messages = await (await fetch(`${origin}/dev/phone/messages?to=${encodeURIComponent(phone)}`)).json();
  return messages.filter((message) => message.code !== null);
}

/** The path of the link in the newest mail to somebody whose text has this in it. */
export async function linkTo(email, part) {
  for (let tries = 0; tries < 200; tries++) {
    const mails = await (await fetch(`${origin}/dev/mailbox/messages`)).json();
    const mail = mails.find((one) => one.to === email && one.text.includes(part));
    if (mail) return mail.text.match(/https?:\/\/[^/\s]+(\/u\/\S+)/)[1];
    await new Promise((soon) => setTimeout(soon, 50));
  }
  throw new Error("No mail came.");
}

/** The newest code on the local phone. @param count how many messages there must be by now */
export async function codeOn(phone, count = 1) {
  for (let tries = 0; tries < 200; tries++) {
    const messages = await messagesTo(phone);
    if (messages.length >= count) return messages[0].code;
    await new Promise((soon) => setTimeout(soon, 50));
  }
  throw new Error("No message came.");
}
