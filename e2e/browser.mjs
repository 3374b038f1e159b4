// A real Chromium on the sign-in pages: what it shows is pictured, measured, and held to the rules of accessibility.
import { broken, keepPicture, launch } from "./chromium.mjs";
import { assert, settings } from "./calls.mjs";

export const origin = `https://${settings.domain}`;
export const callback = process.env.RINGCODE_CALLBACK;
const LARGEST = 60 * 1024;
/** Presses of Tab, from one end of a long page to the other. */
const FARTHEST = 300;

const program = await launch();

let homes = 0;

export const close = () => program.close();

/**
 * How often Tab can be pressed at once without passing an element: to three stops before it, if it comes after what has the focus, and not at
 * all otherwise. Of a group of radio buttons, the chosen one alone is a stop.
 */
function stopsBefore(element) {
  const near = 3;
  const stops = [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.matches(":disabled") && one.checkVisibility({ visibilityProperty: true }) && (one.type !== "radio" || one.checked));
  const follows = (one, other) => other === document.body || Boolean(other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const between = stops.filter((one) => follows(one, document.activeElement) && follows(element, one));
  return Math.max(0, between.length - near);
}

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
    await keepPicture(this.page, `${this.name}-${name}`, { fullPage: true });
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
    // A page that has a problem to tell changes its history while it loads, which is a navigation too.
    await this.page.waitForLoadState("load");
    await Promise.all([this.page.waitForNavigation({ waitUntil: "commit" }), this.fill({ code })]);
  }

  async press(value) {
    await this.page.click(`button[value="${value}"]`);
  }

  /** Tabs until what a selector names has the focus, or the radio button of its group that has it. */
  async reach(selector) {
    await this.page.waitForSelector(selector);
    // An editor keeps Tab to itself until then.
    if (await this.page.evaluate(() => document.activeElement.matches("textarea"))) await this.page.keyboard.press("Escape");
    let presses = await this.page.locator(selector).first().evaluate(stopsBefore);
    await Promise.all(Array.from({ length: presses }, () => this.page.keyboard.press("Tab")));
    for (; presses < FARTHEST; presses++) {
      // Asked for anew each time, since lists that follow what happens put others in the place of their rows.
      const target = await this.page.waitForSelector(selector);
      const there = await target.evaluate((one) => {
        const control = one.closest("a, button, summary, input, select, textarea") ?? one.closest("label")?.control;
        const now = document.activeElement;
        return now === control || (control?.type === "radio" && now.type === "radio" && now.name === control.name && now.form === control.form);
      });
      if (there) return this.page.locator(":focus");
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`${selector} is not reached by Tab`);
  }

  /** Presses a link or a button without a mouse. */
  async pick(selector, options = {}) {
    await (await this.reach(selector)).press("Enter", options);
  }

  /** Ticks a box, or chooses a radio button, without a mouse. */
  async tick(selector) {
    const focused = await this.reach(selector);
    const radio = (await focused.getAttribute("type")) === "radio";
    for (let presses = 0; presses < FARTHEST && !(await this.page.isChecked(selector)); presses++)
      await this.page.locator(":focus").press(radio && presses > 0 ? "ArrowDown" : "Space");
  }

  async untick(selector) {
    const focused = await this.reach(selector);
    if (await this.page.isChecked(selector)) await focused.press("Space");
  }

  /** Binds a first phone, from the choice of a factor on, and keeps the recovery code. */
  async bindFirstPhone(phone) {
    await this.press("phone");
    await this.fill({ phone });
    await this.press("sms");
    await this.enter(await codeOn(phone));
    await this.page.check("[name=saved]");
    await this.press("default");
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
