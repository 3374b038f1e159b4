// A person at a browser, as far as a script can be one: keeps cookies, follows redirects, fills in the pages.
import { settings } from "./calls.mjs";

const origin = `https://${settings.domain}`;

export class Person {
  #cookies = new Map();

  constructor(email, password, phone) {
    Object.assign(this, { email, password, phone });
  }

  /** Goes where an application sends its user, signs in, and says where that ends: elsewhere, or at a page without a person's work. */
  async signIn(url) {
    let page = await this.#go(url);
    for (let pages = 0; pages < 10 && page.url.startsWith(`${origin}/u/`); pages++) page = await this.#fill(page);
    return page;
  }

  async #fill(page) {
    const screen = new URL(page.url).pathname.replace("/u/", "");
    const state = new URL(page.url).searchParams.get("state");
    const fields = {
      login: () => ({ username: this.email, password: this.password }),
      // Calls are offered only where a carrier can make them.
      "mfa-begin-enroll-options": () => ({ action: page.text.includes('value="phone"') ? "phone" : "sms" }),
      "mfa-phone-enrollment": () => ({ phone: this.phone, type: "sms" }),
      "mfa-sms-enrollment": () => ({ phone: this.phone, type: "sms" }),
      "mfa-phone-challenge": () => ({ type: "sms" }),
      "mfa-sms-challenge": async () => ({ code: await this.#code() }),
      "mfa-recovery-code-enrollment": () => ({ saved: "on" }),
    }[screen];
    if (!fields) throw new Error(`Nobody knows what to do at ${page.url}: ${page.status} ${page.text.slice(0, 300)}`);
    const body = new URLSearchParams({ state, ...(await fields()) });
    return this.#go(`${origin}/u/${screen}`, { method: "POST", body });
  }

  /** Follows redirects as long as they stay at this server. */
  async #go(url, options = {}) {
    const response = await fetch(url, { ...options, redirect: "manual", headers: { cookie: this.#header() } });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, ...value] = cookie.split(";")[0].split("=");
      this.#cookies.set(name, value.join("="));
    }
    const location = response.headers.get("location");
    const text = await response.text();
    const onward = location ?? /http-equiv="refresh" content="0;url=([^"]+)"/.exec(text)?.[1];
    if (!onward) return { url, status: response.status, text };
    const target = new URL(onward, url).href;
    return target.startsWith(origin) ? this.#go(target) : { url: target, status: response.status, text: "" };
  }

  /** The newest on the local phone. */
  async #code() {
    for (let tries = 0; tries < 100; tries++) {
      const messages = await (await fetch(`${origin}/dev/phone/messages?to=${encodeURIComponent(this.phone)}`)).json();
      const withCode = messages.filter((message) => message.code !== null);
      if (withCode.length > 0) return withCode[0].code;
      await new Promise((soon) => setTimeout(soon, 50));
    }
    throw new Error("No message came.");
  }

  #header() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

/** The form of a page that sends itself: its target and its fields. */
export function formOf(html) {
  const text = (value) =>
    value.replaceAll("&#34;", '"').replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
  const fields = new URLSearchParams();
  for (const [input] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
    fields.set(text(input.match(/name="([^"]*)"/)[1]), text(input.match(/value="([^"]*)"/)[1]));
  return { target: text(html.match(/<form[^>]*action="([^"]*)"/)[1]), fields };
}
