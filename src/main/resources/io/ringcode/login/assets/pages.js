// What makes the sign-in pages quicker to use. Everything works without it.
"use strict";
const $ = (id) => document.getElementById(id);

// What was wrong is read out, and the field that it is about is where one types on.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();
else $("problems")?.focus();

// One press, one request.
for (const form of document.forms)
  form.addEventListener("submit", () => {
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; }, 0);
  });
addEventListener("pageshow", (shown) => {
  if (shown.persisted) for (const button of document.querySelectorAll("button")) button.disabled = false;
});

// A code keeps its digits, whatever was pasted around them.
const code = document.querySelector("input.code");
code?.addEventListener("paste", (event) => {
  const digits = event.clipboardData.getData("text").normalize("NFKC").replace(/\P{Nd}/gu, "");
  if (!digits) return;
  event.preventDefault();
  code.value = digits;
});

// The country: a list to search by name, region or dial code, in front of the select that the form sends.
const select = $("country");
if (select) {
  const countries = [...select.options].slice(1).map((option) => ({
    region: option.value,
    name: option.text.replace(/ \(.*$/, ""),
    code: option.dataset.code,
    example: option.dataset.example,
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

  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const label_ = (country) => `${country.name} \u2066+${country.code}\u2069`;
  const chosen = () => countries.find((country) => country.region === select.value);
  const reset = () => { input.value = chosen() ? label_(chosen()) : ""; };
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
  const point = (index) => {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = list.children[index];
    if (!item) return;
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  };
  const open = (query) => {
    const wanted = plain(query.trim());
    const digits = wanted.replace(/\D/g, "");
    shown = countries.filter((country) =>
      !wanted || plain(country.name).includes(wanted) || country.region.toLowerCase() === wanted ||
      (digits && country.code.startsWith(digits)));
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

  // The number: grouped as it is written in its country, while it is typed at its end and nothing is odd about it.
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
        const main = same.find((country) => ["US", "RU", "GB", "IT", "NO", "FI", "AU", "MA"].includes(country.region)) ?? same[0];
        select.value = main.region;
        reset();
      }
      return;
    }
    const atEnd = phone.selectionStart === phone.value.length;
    if (atEnd && !event.inputType?.startsWith("delete")) format();
  });
  format();
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
  const state = new URLSearchParams(location.search).get("state") ?? document.querySelector("[name=state]").value;
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

// The recovery code, kept.
const recovery = $("recovery");
if (recovery) {
  const keep = document.querySelector(".keep");
  const secret = recovery.dataset.secret;
  keep.hidden = false;
  $("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(secret);
    $("copy").textContent = keep.dataset.copied;
  });
  $("download").href = URL.createObjectURL(new Blob([`${location.host}\n${secret}\n`], { type: "text/plain" }));
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
