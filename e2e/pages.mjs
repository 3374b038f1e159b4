// Every page of a sign-in in a real browser, as different people meet it.
import { createHmac } from "node:crypto";
import { callback, close, codeOn, linkTo, messagesTo, origin, Visitor } from "./browser.mjs";
import { assert, call, manage } from "./calls.mjs";
import { keepPicture } from "./chromium.mjs";

const password = "a few words to remember";
const dark = { colorScheme: "dark" };
const desktop = { viewport: { width: 1280, height: 900 } };

async function signUp(visitor, email) {
  await visitor.go({ screen_hint: "signup" });
  await visitor.fill({ email, password });
  await visitor.press("default");
}

function totp(seed) {
  const bits = [...seed].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

await call("a new user on a desktop meets each page and each mistake", async () => {
  const phone = "+14155550180";
  const ada = await Visitor.come("desktop", desktop);
  await ada.go();
  await ada.look("login");
  await ada.press("default");
  await ada.look("login", "login-empty");
  assert.match(await ada.wrong("username"), /email address/);
  await ada.fill({ username: "ada.new@example.com", password: "wrong" });
  await ada.press("default");
  await ada.look("login", "login-wrong");
  assert.match(await ada.wrong("password"), /Wrong/);
  assert.equal(await ada.page.inputValue("[name=username]"), "ada.new@example.com");
  await ada.page.click("text=Create account");
  await ada.look("signup");
  await ada.fill({ email: "no address", password: "short" });
  await ada.press("default");
  await ada.look("signup", "signup-wrong");
  await ada.fill({ email: "ada.new@example.com", password });
  await ada.press("default");
  await ada.look("mfa-begin-enroll-options");
  await ada.press("phone");
  await ada.look("mfa-phone-enrollment");
  await ada.fill({ phone: "12" });
  await ada.press("sms");
  await ada.look("mfa-phone-enrollment", "mfa-phone-enrollment-wrong");
  assert.match(await ada.wrong("phone"), /valid phone number/);
  await ada.fill({ phone: "" });
  await ada.page.locator("[name=phone]").pressSequentially("4155550180");
  assert.equal(await ada.page.inputValue("[name=phone]"), "(415) 555-0180");
  await ada.press("sms");
  await ada.look("mfa-sms-challenge");
  assert.ok(await ada.page.isDisabled("#resend"));
  await ada.press("default");
  await ada.look("mfa-sms-challenge", "mfa-sms-challenge-empty");
  await ada.fill({ code: "12" });
  await ada.press("default");
  assert.match(await ada.wrong("code"), /6 digits/);
  const code = await codeOn(phone);
  await ada.enter(code === "000000" ? "000001" : "000000");
  await ada.look("mfa-sms-challenge", "mfa-sms-challenge-wrong");
  await ada.press("switch-to-voice");
  await ada.look("mfa-voice-challenge");
  const spoken = await codeOn(phone, 2);
  assert.equal(spoken, code);
  await ada.page.waitForLoadState("load");
  const pasted = ada.page.waitForURL(/mfa-recovery-code-enrollment/);
  await ada.page.evaluate(async (text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    document.querySelector("[name=code]").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, `${spoken.slice(0, 3)} ${spoken.slice(3)}`);
  await pasted;
  await ada.look("mfa-recovery-code-enrollment");
  await ada.press("default");
  await ada.look("mfa-recovery-code-enrollment", "mfa-recovery-code-enrollment-wrong");
  const [file] = await Promise.all([ada.page.waitForEvent("download"), ada.page.click("#download")]);
  assert.equal(file.suggestedFilename(), "recovery-code.txt");
  await ada.page.check("[name=saved]");
  await ada.press("default");
  assert.ok((await ada.isBack()).searchParams.get("code"));
  await ada.leave();
});

await call("who lost the phone comes in by the recovery code and binds an app, in German, in the dark", async () => {
  const phone = "+4915112345678";
  const bea = await Visitor.come("german", { ...dark, locale: "de-DE" });
  await signUp(bea, "bea@example.com");
  await bea.look("mfa-begin-enroll-options");
  await bea.press("phone");
  assert.equal(await bea.page.inputValue("[name=country]"), "DE");
  await bea.look("mfa-phone-enrollment");
  await bea.fill({ phone: "0151 12345678" });
  await bea.press("sms");
  await bea.look("mfa-sms-challenge");
  await bea.enter(await codeOn(phone));
  await bea.look("mfa-recovery-code-enrollment");
  const recovery = await bea.page.getAttribute("#recovery", "data-secret");
  await bea.page.check("[name=saved]");
  await bea.press("default");
  await bea.isBack();
  await bea.go({ prompt: "login" });
  await bea.fill({ username: "bea@example.com", password });
  await bea.press("default");
  await bea.look("mfa-phone-challenge");
  await bea.press("lost-phone");
  await bea.look("lost-phone");
  await bea.press("tell-administrator");
  await bea.look("lost-phone-told");
  await bea.press("back-action");
  await bea.look("mfa-login-options");
  await bea.press("recovery-code");
  await bea.look("mfa-recovery-code-challenge");
  await bea.fill({ code: "too short" });
  await bea.press("default");
  await bea.look("mfa-recovery-code-challenge", "mfa-recovery-code-challenge-wrong");
  await bea.fill({ code: recovery.replace(/(.{4})/g, "$1 ") });
  await bea.press("default");
  await bea.look("mfa-recovery-code-challenge-new-code");
  await bea.page.check("[name=saved]");
  await bea.press("default");
  await bea.look("mfa-begin-enroll-options", "mfa-begin-enroll-options-recovered");
  await bea.press("otp");
  await bea.look("mfa-otp-enrollment-qr");
  const seed = await bea.page.getAttribute("[data-secret]", "data-secret");
  await bea.enter(totp(seed));
  await bea.isBack();
  await bea.go({ prompt: "login" });
  await bea.fill({ username: "bea@example.com", password });
  await bea.press("default");
  await bea.look("mfa-otp-challenge");
  for (let tries = 0; tries < 10; tries++) {
    await bea.enter("000000");
  }
  await bea.look("mfa-locked");
  await bea.leave();
});

await call("from right to left, in Arabic", async () => {
  const mona = await Visitor.come("arabic", { locale: "ar-EG" });
  await mona.go();
  assert.equal(await mona.page.getAttribute("html", "dir"), "rtl");
  await mona.look("login");
  await signUp(mona, "mona@example.com");
  await mona.look("mfa-begin-enroll-options");
  await mona.press("phone");
  await mona.look("mfa-phone-enrollment");
  await mona.fill({ phone: "+201001234567" });
  assert.equal(await mona.page.inputValue("[name=country]"), "EG");
  await mona.press("sms");
  await mona.look("mfa-sms-challenge");
  await mona.press("default");
  await mona.look("mfa-sms-challenge", "mfa-sms-challenge-wrong");
  await mona.leave();
});

await call("without JavaScript", async () => {
  const phone = "+14155550181";
  const tom = await Visitor.come("plain", { javaScriptEnabled: false });
  await signUp(tom, "tom@example.com");
  await tom.look("mfa-begin-enroll-options");
  await tom.press("phone");
  await tom.look("mfa-phone-enrollment");
  await tom.page.selectOption("[name=country]", "US");
  await tom.fill({ phone: "4155550181" });
  await tom.press("sms");
  await tom.look("mfa-sms-challenge");
  await tom.press("resend-code");
  await tom.look("mfa-sms-challenge", "mfa-sms-challenge-too-soon");
  await tom.fill({ code: await codeOn(phone) });
  await tom.press("default");
  await tom.look("mfa-recovery-code-enrollment");
  await tom.page.check("[name=saved]");
  await tom.press("default");
  await tom.isBack();
  await tom.go({ response_mode: "form_post" });
  await tom.look("/authorize", "form-post");
  await tom.page.click("button");
  assert.equal((await tom.isBack()).href, callback);
  await tom.leave();
});

await call("with the keyboard alone", async () => {
  const phone = "+33612345678";
  const kim = await Visitor.come("keyboard", { locale: "fr-CA", ...desktop });
  await signUp(kim, "kim@example.com");
  await kim.page.waitForURL(/mfa-begin-enroll-options/);
  const keys = async (...all) => { for (const key of all) await kim.page.keyboard.press(key); };
  await keys("Tab", "Enter", "Tab", "Enter");
  await kim.page.waitForURL(/mfa-phone-enrollment/);
  await kim.page.focus("#country-search");
  await kim.page.keyboard.type("+33");
  await kim.look("mfa-phone-enrollment", "country-picker");
  await keys("Enter");
  assert.equal(await kim.page.inputValue("[name=country]"), "FR");
  await keys("Tab");
  await kim.page.keyboard.type("0612345678");
  assert.equal(await kim.page.inputValue("[name=phone]"), "06 12 34 56 78");
  await keys("Tab", "Enter");
  await kim.page.waitForURL(/mfa-sms-challenge/);
  assert.equal(await kim.page.evaluate("document.activeElement.name"), "code");
  await kim.page.keyboard.type(await codeOn(phone));
  await kim.page.waitForURL(/mfa-recovery-code-enrollment/);
  await kim.page.focus("[name=saved]");
  await keys("Space", "Tab", "Enter");
  assert.ok((await kim.isBack()).searchParams.get("code"));
  await kim.leave();
});

await call("a code that is used up is said to be, and a new one goes on", async () => {
  const phone = "+14155550187";
  const uma = await Visitor.come("used-up");
  await signUp(uma, "uma@example.com");
  await uma.press("phone");
  await uma.fill({ phone });
  await uma.press("sms");
  const code = await codeOn(phone);
  const wrong = code === "000000" ? "000001" : "000000";
  for (let tries = 0; tries < 3; tries++) await uma.enter(wrong);
  await uma.look("mfa-sms-challenge", "code-attempts-left");
  assert.match(await uma.wrong("code"), /You have 2 attempts left\./);
  for (let tries = 0; tries < 2; tries++) await uma.enter(wrong);
  await uma.look("mfa-sms-challenge", "code-used-up");
  assert.match(await uma.page.textContent("#problems"), /no longer works/);
  assert.equal(await uma.page.locator("[name=code]").count(), 0);
  await uma.page.reload();
  assert.match(await uma.page.textContent("#problems"), /no longer works/);
  assert.ok(await uma.page.isDisabled("#resend"));
  await uma.press("switch-to-voice");
  await uma.enter(await codeOn(phone, 2));
  await uma.look("mfa-recovery-code-enrollment");
  await uma.leave();
});

await call("a page with a problem is loaded again by looking at it again", async () => {
  const max = await Visitor.come("reload");
  await max.go();
  const { pathname, search } = new URL(max.page.url());
  const sent = [];
  max.page.on("request", (request) => sent.push(request.method()));
  await max.fill({ username: "nobody@example.com", password: "wrong" });
  await max.press("default");
  assert.match(await max.wrong("password"), /Wrong/);
  assert.equal(new URL(max.page.url()).pathname + new URL(max.page.url()).search, pathname + search);
  assert.equal((await max.page.textContent("body")).split("Wrong email address or password").length, 2);
  await max.page.reload();
  assert.equal(await max.page.locator("[aria-invalid]").count(), 0);
  assert.equal(sent.filter((method) => method === "POST").length, 1);
  await max.leave();
});

await call("who signs in is named, and may be somebody else", async () => {
  const long = `somebody.with.a.name.that.no.page.has.room.for.${"x".repeat(16)}@example.com`;
  const lea = await Visitor.come("not-you", { viewport: { width: 320, height: 640 } });
  await signUp(lea, long);
  assert.equal(await lea.page.textContent(".account bdi"), long);
  await lea.look("mfa-begin-enroll-options", "account-long");
  const before = lea.page.url();
  await lea.press("start-over");
  await lea.look("login", "account-changed");
  assert.equal(await lea.page.locator(".account").count(), 0);
  const gone = await lea.page.goto(before);
  assert.equal(gone.status(), 400);
  await lea.leave();
});

await call("a number that was mistyped is seen and corrected", async () => {
  const ida = await Visitor.come("number");
  await signUp(ida, "ida@example.com");
  await ida.press("phone");
  await ida.fill({ phone: "+442079460018" });
  await ida.press("sms");
  await ida.look("mfa-sms-challenge", "number-whole");
  assert.match(await ida.page.textContent(".lead"), /\+44\s20\s7946\s0018/);
  await ida.press("edit");
  await ida.look("mfa-phone-enrollment", "number-edit");
  assert.equal(await ida.page.inputValue("[name=country]"), "GB");
  assert.equal(await ida.page.inputValue("[name=phone]"), "020 7946 0018");
  await ida.fill({ phone: "020 7946 0019" });
  await ida.press("sms");
  assert.match(await ida.page.textContent(".lead"), /0019/);
  await ida.leave();
});

await call("countries are found by what people call them", async () => {
  const ole = await Visitor.come("countries", { locale: "de-AT" });
  await signUp(ole, "ole@example.com");
  await ole.press("phone");
  await ole.page.click("#country-search");
  assert.equal(await ole.page.textContent("#countries [aria-selected=true]"), "\u00d6sterreich+43");
  assert.ok(await ole.page.evaluate(`(() => {
    const list = document.querySelector("#countries").getBoundingClientRect();
    const item = document.querySelector("#countries [aria-selected=true]").getBoundingClientRect();
    return item.top >= list.top && item.bottom <= list.bottom;
  })()`));
  await ole.look("mfa-phone-enrollment", "countries-open");
  const first = {
    UK: "GB", england: "GB", "Vereinigtes": "GB", "United King": "GB", USA: "US", us: "US", america: "US", Holland: "NL", UAE: "AE", AUT: "AT",
    "Ivory": "CI", germany: "DE", deu: "DE", "+44": "GB", "+1": "US", "+7": "RU", "+39": "IT", "\u0664\u0664": "GB", schweiz: "CH", osterreich: "AT",
  };
  for (const [typed, region] of Object.entries(first)) {
    await ole.page.fill("#country-search", typed);
    assert.equal(await ole.page.getAttribute("#countries li:first-child", "id"), `country-${region}`, typed);
  }
  await ole.page.fill("#country-search", "+44");
  await ole.look("mfa-phone-enrollment", "countries-shared-code");
  await ole.page.keyboard.press("Enter");
  assert.equal(await ole.page.inputValue("[name=country]"), "GB");
  await ole.leave();
});

await call("a code goes by itself, once, however it comes", async () => {
  const phone = "+14155550188";
  const otp = await Visitor.come("web-otp");
  await otp.page.addInitScript(() => {
    window.OTPCredential = class {};
    navigator.credentials.get = (asked) => new Promise((give) => { if (asked.otp.transport[0] === "sms") window.give = (code) => give({ code }); });
  });
  await signUp(otp, "otp@example.com");
  await otp.press("phone");
  await otp.fill({ phone });
  await otp.press("sms");
  await otp.page.waitForURL(/mfa-sms-challenge/);
  assert.ok(await otp.page.isVisible("#code-hint"));
  assert.ok(await otp.page.isVisible("button[value=default]"));
  const posts = [];
  otp.page.on("request", (request) => { if (request.method() === "POST") posts.push(request.url()); });
  const code = await codeOn(phone);
  await otp.page.evaluate((text) => window.give(text), code);
  await otp.page.waitForURL(/mfa-recovery-code-enrollment/);
  assert.equal(posts.length, 1);
  await otp.leave();
});

await call("on a phone the app is opened first, and its key is copied", async () => {
  const app = await Visitor.come("app-phone", { hasTouch: true, isMobile: true, permissions: ["clipboard-read", "clipboard-write"] });
  await signUp(app, "app@example.com");
  await app.press("otp");
  await app.look("mfa-otp-enrollment-qr", "app-phone");
  // As it is seen: a picture of the whole page is taken without touch.
  await keepPicture(app.page, "app-phone-first");
  const opens = app.page.locator("a[href^='otpauth:']:visible");
  assert.equal(await opens.count(), 1);
  assert.ok((await opens.boundingBox()).y < (await app.page.locator(".qr").boundingBox()).y);
  await app.page.click("#copy");
  const seed = await app.page.getAttribute("[data-secret]", "data-secret");
  await app.page.waitForFunction(() => document.querySelector("#copy").textContent === "Copied");
  assert.equal(await app.page.evaluate(() => navigator.clipboard.readText()), seed);
  await app.leave();
});

await call("a password can be looked at, and a common one is refused", async () => {
  const pat = await Visitor.come("password", { viewport: { width: 320, height: 640 } });
  await pat.go({ screen_hint: "signup" });
  await pat.fill({ email: "pat@example.com", password: "Football1" });
  await pat.page.click("[data-reveals]");
  assert.equal(await pat.page.getAttribute("[name=password]", "type"), "text");
  await pat.look("signup", "password-shown");
  await pat.press("default");
  assert.match(await pat.wrong("password"), /easy to guess/);
  assert.equal(await pat.page.getAttribute("[name=password]", "type"), "password");
  await pat.look("signup", "password-common");
  await pat.fill({ password });
  await pat.press("default");
  await pat.page.waitForURL(/mfa-begin-enroll-options/);
  await pat.leave();
});

await call("how long a browser is remembered, and who helps", async () => {
  await manage("PATCH", "tenants/settings", { support_url: "https://help.example/" });
  const may = await Visitor.come("remember");
  await signUp(may, "may@example.com");
  await may.bindFirstPhone("+14155550189");
  await may.isBack();
  await may.go({ prompt: "login" });
  await may.fill({ username: "may@example.com", password });
  await may.press("default");
  await may.press("sms");
  await may.look("mfa-sms-challenge", "remember");
  assert.match(await may.page.textContent(".tick"), /Remember this browser for 30 days/);
  assert.doesNotMatch(await may.page.textContent(".lead"), /415/);
  assert.equal(await may.page.getAttribute(".help a", "href"), "https://help.example/");
  await manage("PATCH", "tenants/settings", { support_url: null });
  await may.leave();
});

await call("calls are offered only where a carrier makes them", async () => {
  await manage("PUT", "guardian/factors/phone/routes", {
    routes: [{ channel: "voice", countries: [], prefixes: [], providers: ["esendex"] }],
  });
  const ned = await Visitor.come("no-calls");
  await signUp(ned, "ned@example.com");
  await ned.look("mfa-begin-enroll-options", "no-calls-options");
  await ned.press("sms");
  await ned.look("mfa-sms-enrollment", "no-calls");
  assert.equal(await ned.page.locator("[value=voice]").count(), 0);
  await ned.fill({ phone: "+14155550190" });
  await ned.press("sms");
  await ned.page.waitForURL(/mfa-sms-challenge/);
  assert.equal(await ned.page.locator("[value=switch-to-voice]").count(), 0);
  await manage("PUT", "guardian/factors/phone/routes", { routes: [] });
  await ned.leave();
});

await call("pages that belong to no step", async () => {
  const eve = await Visitor.come("other", desktop);
  await eve.page.goto(`${origin}/u/login?state=unknown`);
  await eve.look("login", "error-gone");
  await eve.go({ redirect_uri: "https://evil.example/" });
  await eve.look("/authorize", "error-bad-request");
  await eve.page.goto(`${origin}/v2/logout`);
  await eve.look("/v2/logout", "logged-out");
  for (const outcome of ["enrolled", "invalid_ticket", "expired_ticket", "already_used", "already_enrolled", "error"]) {
    await eve.page.goto(`${origin}/u/mfa-enroll-result?outcome=${outcome}`);
    await eve.look("mfa-enroll-result", `mfa-enroll-result-${outcome}`);
  }
  await eve.page.goto(`${origin}/mfa/enrollment?ticket=${process.env.RINGCODE_TICKET}`);
  await eve.look("mfa-begin-enroll-options", "ticket");
  await eve.bindFirstPhone("+14155550182");
  await eve.look("mfa-enroll-result", "ticket-done");
  await eve.leave();
});

await call("the answer in a form goes by itself", async () => {
  const visitor = await Visitor.come("form");
  await signUp(visitor, "form@example.com");
  await visitor.bindFirstPhone("+14155550183");
  await visitor.isBack();
  await visitor.go({ response_mode: "form_post" });
  assert.equal((await visitor.isBack()).href, callback);
  await visitor.leave();
});

await call("a message that the carrier refuses", async () => {
  const visitor = await Visitor.come("refused");
  await signUp(visitor, "refused@example.com");
  await visitor.press("phone");
  await visitor.fill({ phone: "+15005550001" });
  await visitor.press("sms");
  await visitor.look("mfa-phone-enrollment", "mfa-phone-enrollment-refused");
  await visitor.leave();
});

await call("a message that fails later", async () => {
  const visitor = await Visitor.come("failed");
  await signUp(visitor, "failed@example.com");
  await visitor.press("phone");
  await visitor.fill({ phone: "+14155550184" });
  await visitor.page.route("**/u/message-state*", (route) => route.fulfill({ json: { state: "failed" } }));
  await visitor.press("sms");
  await visitor.page.waitForSelector("#message.failed");
  assert.equal(await visitor.page.getAttribute("[value=switch-to-voice]", "class"), "secondary");
  await visitor.look("mfa-sms-challenge", "mfa-sms-challenge-failed");
  await visitor.leave();
});

await call("with the tenant's own looks", async () => {
  const svg = encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="120" height="32"><rect width="120" height="32" rx="6" fill="#e0b000"/></svg>');
  await manage("PATCH", "branding", {
    logo_url: `${origin}/u/assets/icon.svg?${svg.length}`,
    colors: { primary: "#ffd60a", page_background: { type: "linear-gradient", start: "#fff7d6", end: "#ffe9a8", angle_deg: 30 } },
  });
  for (const colorScheme of ["light", "dark"]) {
    const visitor = await Visitor.come(`yellow-${colorScheme}`, { ...desktop, colorScheme });
    await visitor.go();
    await visitor.look("login");
    await visitor.leave();
  }
  await manage("PATCH", "branding", { logo_url: null, colors: { primary: "#1f4f46", page_background: "#faf9f6" } });
});

await call("with one message type alone, and with two phones", async () => {
  const visitor = await Visitor.come("single");
  await manage("PUT", "guardian/factors/phone/message-types", { message_types: ["voice"] });
  await signUp(visitor, "single@example.com");
  await visitor.press("voice");
  await visitor.look("mfa-voice-enrollment");
  await manage("PUT", "guardian/factors/phone/message-types", { message_types: ["sms"] });
  await visitor.go({ prompt: "login" });
  await visitor.fill({ username: "single@example.com", password });
  await visitor.press("default");
  await visitor.press("sms");
  await visitor.look("mfa-sms-enrollment");
  await visitor.fill({ phone: "+14155550185" });
  await visitor.press("sms");
  await visitor.enter(await codeOn("+14155550185"));
  await visitor.page.check("[name=saved]");
  await visitor.press("default");
  await visitor.isBack();
  const [{ user_id }] = await manage("GET", "users-by-email?email=single%40example.com");
  await manage("POST", `users/${encodeURIComponent(user_id)}/authentication-methods`, { type: "phone", phone_number: "+14155550186" });
  await visitor.go({ prompt: "login" });
  await visitor.fill({ username: "single@example.com", password });
  await visitor.press("default");
  await visitor.press("pick-phone");
  await visitor.look("mfa-sms-list");
  await visitor.press("selection-action::1");
  await visitor.look("mfa-sms-challenge", "mfa-sms-challenge-other-phone");
  await manage("PUT", "guardian/factors/phone/message-types", { message_types: ["sms", "voice"] });
  await visitor.leave();
});

await call("who forgot a password sets another one, and is told of it", async () => {
  const phone = "+14155550187";
  const email = "forgetful@example.com";
  const visitor = await Visitor.come("forgetful");
  await signUp(visitor, email);
  await visitor.bindFirstPhone(phone);
  await visitor.isBack();
  await visitor.go({ prompt: "login" });
  await visitor.look("login", "login-forgot");
  await visitor.page.click("text=Forgot your password?");
  await visitor.look("reset-password-request");
  await visitor.fill({ email: "no address" });
  await visitor.press("default");
  await visitor.look("reset-password-request", "reset-password-request-wrong");
  assert.match(await visitor.wrong("email"), /email address/);
  await visitor.fill({ email });
  await visitor.press("default");
  await visitor.look("reset-password-email");
  const link = await linkTo(email, "reset-verify");
  await visitor.page.goto(`${origin}/dev/mailbox`);
  await visitor.look("/dev/mailbox", "mailbox");
  await visitor.page.goto(`${origin}/dev/phone?to=${encodeURIComponent(phone)}`);
  await visitor.look("/dev/phone", "local-phone");
  await visitor.page.goto(origin + link);
  await visitor.look("mfa-phone-challenge", "reset-password-second-factor");
  const sent = (await messagesTo(phone)).length;
  await visitor.press("sms");
  await visitor.enter(await codeOn(phone, sent + 1));
  await visitor.look("reset-password");
  await visitor.fill({ password: "password" });
  await visitor.press("default");
  await visitor.look("reset-password", "reset-password-wrong");
  assert.match(await visitor.wrong("password"), /easy to guess/);
  await visitor.fill({ password: "other words to remember" });
  await visitor.press("default");
  await visitor.look("reset-password-result");
  await visitor.page.goto(origin + (await linkTo(email, "The password of your account was changed")));
  await visitor.look("not-me", "not-me-asked");
  await visitor.page.click("main button");
  await visitor.page.waitForSelector("text=Your account is protected");
  await visitor.look("not-me", "not-me-done");
  await visitor.leave();
});

await call("people manage their own methods, by keyboard alone", async () => {
  const own = await Visitor.come("own-methods", desktop);
  const { page } = own;
  const press = async (selector) => {
    await page.focus(selector);
    await page.keyboard.press("Enter");
  };
  await signUp(own, "own@example.com");
  await own.bindFirstPhone("+14155550191");
  await own.isBack();
  await page.goto(`${origin}/u/account`);
  await own.look("account");
  await press("button[value='add::otp']");
  await own.look("mfa-otp-enrollment-qr", "account-add-app");
  await page.focus("[name=code]");
  await page.keyboard.type(totp(await page.getAttribute("[data-secret]", "data-secret")));
  await own.look("account", "account-two-methods");
  await press("li:has-text('Authenticator app') button[value^='change::']");
  await own.look("account-method");
  await page.focus("[name=nickname]");
  await page.keyboard.type("Tablet");
  await press("button[value=default]");
  await page.waitForSelector("li:has-text('Tablet')");
  await own.look("account", "account-named");
  await press("button[value=new-recovery-code]");
  await page.waitForSelector("#recovery");
  assert.match(await page.getAttribute("#recovery", "data-secret"), /^[A-Z0-9]{24}$/);
  await page.focus("[name=saved]");
  await page.keyboard.press("Space");
  await press("button[value=default]");
  await press("li:has-text('Tablet') button[value^='change::']");
  await press("button[value=remove]");
  await own.look("account-remove");
  await press("button[value=remove]");
  await own.look("account", "account-removed");
  assert.equal(await page.locator("li:has-text('Tablet')").count(), 0);
  await own.leave();
});

await call("the local phone: two phones side by side and a fault by a click, in the dark", async () => {
  const tester = await Visitor.come("local-phone", { ...dark, ...desktop });
  const { page } = tester;
  const both = ["+14155550180", "+4915112345678"];
  await page.goto(`${origin}/dev/phone`);
  await tester.look("/dev/phone", "newest");
  for (const pick of await page.locator(".pick input").all()) await pick.setChecked(both.includes(await pick.getAttribute("value")));
  await page.click("text=Show side by side");
  await page.waitForURL(/to=.*to=/);
  assert.deepEqual((await page.$$eval("section.thread", (all) => all.map((one) => one.dataset.to))).sort(), both);
  const chosen = (number) => page.inputValue(`[data-to="${number}"] [name=behavior]`);
  const choose = async (number, behavior) => {
    await page.selectOption(`[data-to="${number}"] [name=behavior]`, behavior);
    await Promise.all([page.waitForNavigation(), page.click(`[data-to="${number}"] .behavior button`)]);
  };
  await choose(both[0], "refused");
  assert.deepEqual([await chosen(both[0]), await chosen(both[1])], ["refused", "receives"]);
  await tester.look("/dev/phone", "side-by-side");
  const refused = await Visitor.come("refused-by-click");
  await signUp(refused, "refused.by.click@example.com");
  await refused.press("phone");
  await refused.fill({ phone: both[0] });
  await refused.press("sms");
  await refused.look("mfa-phone-enrollment", "refused-by-click");
  await refused.leave();
  await choose(both[0], "receives");
  await page.click("text=Mailbox");
  await tester.look("/dev/mailbox", "mailbox");
  await tester.leave();
});

await call("when a second factor is due and there is none", async () => {
  for (const factor of ["sms", "otp"]) await manage("PUT", `guardian/factors/${factor}`, { enabled: false });
  const visitor = await Visitor.come("none", desktop);
  await visitor.go({ screen_hint: "signup", acr_values: "http://schemas.openid.net/pape/policies/2007/06/multi-factor" });
  await visitor.fill({ email: "none@example.com", password });
  await visitor.press("default");
  await visitor.look("signup", "error-no-factor");
  for (const factor of ["sms", "otp"]) await manage("PUT", `guardian/factors/${factor}`, { enabled: true });
  await visitor.leave();
});

await close();
