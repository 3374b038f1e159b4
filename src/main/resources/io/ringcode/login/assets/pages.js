// What makes the sign-in pages quicker to use. Everything works without it.
"use strict";
const $ = (id) => document.getElementById(id);

// What was wrong is read out, and its field has the focus. Loading the page again does not send the form once more.
const wrong = document.querySelector("[aria-invalid=true]");
const problems = $("problems");
(wrong ?? problems)?.focus();
if (wrong || problems) history.replaceState(null, "", location.href);

// One press, one request.
for (const form of document.forms)
  form.addEventListener("submit", () => {
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; }, 0);
  });
addEventListener("pageshow", (shown) => {
  if (shown.persisted) for (const button of document.querySelectorAll("button")) button.disabled = false;
});

// A password as it was typed; hidden again before it is sent, as browsers expect.
for (const button of document.querySelectorAll("[data-reveals]")) {
  const input = $(button.dataset.reveals);
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
    button.setAttribute("aria-label", `${button.textContent}: ${button.dataset.label}`);
  };
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));
}

// A code keeps its digits, and goes with the last of them: once.
const code = document.querySelector("input.code");
if (code) {
  const { form } = code;
  const digitsOf = (text) => text.normalize("NFKC").replace(/\P{Nd}/gu, "");
  let sent = false;
  const enter = (text) => {
    code.value = text;
    if (sent || digitsOf(text).length !== Number(code.dataset.length) || /[^\p{Nd}\s-]/u.test(text)) return;
    sent = true;
    form.requestSubmit(form.querySelector("[value=default]"));
  };
  $("code-hint").hidden = false;
  code.addEventListener("input", (event) => { if (!event.isComposing) enter(code.value); });
  code.addEventListener("compositionend", () => enter(code.value));
  code.addEventListener("paste", (event) => {
    const digits = digitsOf(event.clipboardData.getData("text"));
    if (!digits) return;
    event.preventDefault();
    enter(digits);
  });
  addEventListener("pageshow", (shown) => { if (shown.persisted) sent = false; });

  // WebOTP: the browser offers the code of a message whose last line names this page's domain.
  if (code.dataset.sms === "true" && "OTPCredential" in window) {
    const over = new AbortController();
    form.addEventListener("submit", () => over.abort());
    navigator.credentials.get({ otp: { transport: ["sms"] }, signal: over.signal }).then((otp) => enter(otp.code), () => {});
  }
}

// The country: a search in front of the select that the form sends.
const select = $("country");
if (select) {
  const countries = [...select.options].slice(1).map((option) => ({
    region: option.value,
    name: option.text.replace(/ \(.*$/, ""),
    code: option.dataset.code,
    example: option.dataset.example,
    main: option.hasAttribute("data-main"),
    names: option.dataset.names,
  }));
  const box = document.createElement("div");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  let shown = [];
  let active = -1;
  box.className = "picker";
  input.id = "country-search";
  input.type = "text";
  input.autocomplete = "off";
  input.placeholder = select.dataset.search;
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": "countries", "aria-autocomplete": "list", spellcheck: "false",
  })) input.setAttribute(name, value);
  list.id = "countries";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", select.dataset.search);
  list.hidden = true;
  const label = document.querySelector("label[for=country]");
  label.htmlFor = input.id;
  select.hidden = true;
  select.after(box);
  box.append(input, list);

  // Digits of every script: ten of each stand in a row.
  const ascii = (text) => text.replace(/\p{Nd}/gu, (digit) => {
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(digit.codePointAt(0) - value - 1))) value++;
    return value;
  });
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const label_ = (country) => `${country.name} \u2066+${country.code}\u2069`;
  const chosen = () => countries.find((country) => country.region === select.value);
  const reset = () => { input.value = chosen() ? label_(chosen()) : ""; };
  // Best first: the name or code, its beginning, a word in it, any part.
  const rank = (country, wanted, digits) => {
    if (digits) {
      if (country.code === digits) return country.main ? 0 : 1;
      return country.code.startsWith(digits) ? 2 : digits.startsWith(country.code) ? (country.main ? 3 : 4) : 9;
    }
    const names = [country.region, country.name, ...country.names.split("|")].map(plain);
    const best = (name) =>
      name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(` ${wanted}`) ? 2 : name.includes(wanted) ? 3 : 9;
    return Math.min(...names.map(best));
  };
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (country) => {
    select.value = country.region;
    reset();
    close();
    format();
  };
  const point = (index, block = "nearest") => {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = list.children[index];
    if (!item) return;
    item.scrollIntoView({ block });
    input.setAttribute("aria-activedescendant", item.id);
  };
  const open = (query) => {
    const wanted = plain(query.trim());
    const digits = ascii(wanted).replace(/\D/g, "");
    shown = !wanted ? countries : countries
      .map((country) => ({ country, at: rank(country, wanted, digits) }))
      .filter(({ at }) => at < 9)
      .sort((one, other) => one.at - other.at)
      .map(({ country }) => country);
    list.replaceChildren(...shown.map((country, index) => {
      const item = document.createElement("li");
      const dial = document.createElement("span");
      item.id = `country-${country.region}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      dial.dir = "ltr";
      dial.textContent = `+${country.code}`;
      item.append(country.name, dial);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(country); });
      item.addEventListener("mousemove", () => point(index));
      return item;
    }));
    if (!shown.length) {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.setAttribute("aria-disabled", "true");
      item.textContent = select.dataset.none;
      list.append(item);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (wanted && shown.length) point(0);
    if (!wanted && chosen()) point(shown.indexOf(chosen()), "center");
  };
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => { if (list.hidden) open(""); });
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", () => { reset(); close(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (shown.length) point((active + step + shown.length) % shown.length);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (shown[active]) choose(shown[active]);
    } else if (event.key === "Escape") {
      reset();
      close();
    }
  });
  reset();

  // The number: grouped as in its country, while it is typed at its end.
  const phone = $("phone");
  const grouped = (digits, example) => {
    let mask = example;
    if (/^0/.test(mask.replace(/\D/g, "")) && !digits.startsWith("0")) mask = mask.replace(/^\D*0\s?/, "");
    if (digits.length > mask.replace(/\D/g, "").length) return digits;
    let text = "";
    let next = 0;
    for (const sign of mask) {
      if (next === digits.length) break;
      text += /\d/.test(sign) ? digits[next++] : sign;
    }
    return text;
  };
  function format() {
    const text = phone.value.trim();
    if (text.startsWith("+")) return;
    const country = chosen();
    const digits = text.replace(/\D/g, "");
    phone.placeholder = country?.example ?? "";
    if (!country?.example || /[^\d\s()./-]/.test(text)) return;
    phone.value = grouped(digits, country.example);
  }
  phone.addEventListener("input", (event) => {
    const text = phone.value.trim();
    if (text.startsWith("+")) {
      const digits = text.replace(/\D/g, "");
      const fits = countries.filter((country) => digits.startsWith(country.code));
      const best = fits.sort((one, other) => other.code.length - one.code.length);
      const same = best.filter((country) => country.code === best[0]?.code);
      if (same.length && !same.includes(chosen())) {
        const main = same.find((country) => country.main) ?? same[0];
        select.value = main.region;
        reset();
      }
      return;
    }
    const atEnd = phone.selectionStart === phone.value.length;
    if (atEnd && !event.inputType?.startsWith("delete")) format();
  });
  // What the server wrote stays as it is.
  if (phone.value) phone.placeholder = chosen()?.example ?? "";
  else format();
}

// Asking again: after a while, and one sees how long.
const resend = $("resend");
if (resend && Number(resend.dataset.wait) > 0) {
  const wait = $("resend-wait");
  const until = Date.now() + resend.dataset.wait * 1000;
  resend.disabled = true;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 0) {
      wait.textContent = resend.dataset.text.replace("{seconds}", left);
      setTimeout(tick, 500);
    } else {
      wait.remove();
      resend.disabled = false;
    }
  };
  tick();
}

// The message on its way.
const message = $("message");
if (message) {
  const state = new URL(code.form.getAttribute("action"), location.href).searchParams.get("state");
  const ends = Date.now() + 5 * 60 * 1000;
  const look = async () => {
    try {
      const answer = await fetch(`/u/message-state?state=${encodeURIComponent(state)}`, { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const now = (await answer.json()).state;
      if (message.dataset.state !== now && message.dataset[now]) {
        message.dataset.state = now;
        message.className = `message ${now}`;
        message.textContent = message.dataset[now];
        if (now === "failed")
          for (const other of document.querySelectorAll("[data-other]")) other.className = "secondary";
      }
      if (now === "delivered" || now === "failed") return;
    } catch {
      // The next look may find the network again.
    }
    if (Date.now() < ends) setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
}

// The recovery code, or the key of an app, kept.
const keep = document.querySelector(".keep");
if (keep) {
  const { secret } = document.querySelector("[data-secret]").dataset;
  keep.hidden = false;
  $("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(secret);
    $("copy").textContent = keep.dataset.copied;
  });
  if ($("download")) $("download").href = URL.createObjectURL(new Blob([`${location.host}\n${secret}\n`], { type: "text/plain" }));
}

// Whether this device can recognize its owner, so that it can be offered after a code.
window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.().then((can) => {
  for (const form of can ? document.querySelectorAll("form[action^='/u/']") : []) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "webauthn-platform-available", value: "true" });
    form.append(field);
  }
}, () => {});

$("form-post")?.submit();
