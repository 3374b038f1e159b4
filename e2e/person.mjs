// A person at a browser, as far as a script can be one: keeps cookies, follows redirects, fills in the pages.
import { settings } from "./calls.mjs";
import { SoftKey } from "./soft-key.mjs";

const origin = `https://${settings.domain}`;

export class Person {
  #cookies = new Map();
  #key = new SoftKey();
  #codes = { read: 0 };

  constructor(email, password, phone) {
    Object.assign(this, { email, password, phone });
  }

  /** The same person at a browser of another place: without cookies, with the same key and phone. */
  elsewhere() {
    const other = new Person(this.email, this.password, this.phone);
    other.#key = this.#key;
    other.#codes = this.#codes;
    return other;
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
      "mfa-webauthn-roaming-enrollment": () => ({ response: this.#key.create(optionsOf(page.text), origin) }),
      "mfa-webauthn-change-key-nickname": () => ({ nickname: "key ring" }),
      "mfa-webauthn-roaming-challenge": () => ({ response: this.#key.sign(optionsOf(page.text), origin) }),
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

  /** The newest on the local phone, once it is there. */
  async #code() {
    for (let tries = 0; tries < 100; tries++) {
      const messages = await (await fetch(`${origin}/dev/phone/messages?to=${encodeURIComponent(this.phone)}`)).json();
      const withCode = messages.filter((message) => message.code !== null);
      if (withCode.length > this.#codes.read) {
        this.#codes.read = withCode.length;
        return withCode[0].code;
      }
      await new Promise((soon) => setTimeout(soon, 50));
    }
    throw new Error("No message came.");
  }

  #header() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

const text = (value) =>
  value.replaceAll("&#34;", '"').replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&");

/** What a page hands to WebAuthn. */
const optionsOf = (html) => JSON.parse(text(html.match(/data-options="([^"]*)"/)[1]));

/** The form of a page that sends itself: its target and its fields. */
export function formOf(html) {
  const fields = new URLSearchParams();
  for (const [input] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
    fields.set(text(input.match(/name="([^"]*)"/)[1]), text(input.match(/value="([^"]*)"/)[1]));
  return { target: text(html.match(/<form[^>]*action="([^"]*)"/)[1]), fields };
}
