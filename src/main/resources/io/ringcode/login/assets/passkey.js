// WebAuthn level 3: has the browser make or use a key, and sends what it answers, or why it did not.
"use strict";
(() => {
  // Beside a code, which may be typed instead; or a page of its own.
  const beside = document.querySelector("input[data-passkey]");
  const form = beside ? beside.form : document.getElementById("passkey");
  const options = JSON.parse(beside ? beside.dataset.passkey : form.dataset.options);
  const creates = form.dataset.ceremony === "create";

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const send = (action, response) => {
    form.elements.action.value = action;
    form.elements.response.value = response;
    form.submit();
  };
  const fail = (name, message) => send(`showError::${JSON.stringify({ name, message })}`, "");

  const known = (list) => list.map((one) => ({ ...one, id: bytes(one.id) }));
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (creates) {
    publicKey.user = { ...options.user, id: bytes(options.user.id) };
    publicKey.excludeCredentials = known(options.excludeCredentials);
  } else publicKey.allowCredentials = known(options.allowCredentials);

  // PublicKeyCredential.toJSON, for browsers that have none.
  const json = (credential) => {
    const { response } = credential;
    const answer = { clientDataJSON: text(response.clientDataJSON) };
    if (creates) {
      answer.attestationObject = text(response.attestationObject);
      answer.transports = response.getTransports?.() ?? [];
    } else {
      answer.authenticatorData = text(response.authenticatorData);
      answer.signature = text(response.signature);
      if (response.userHandle) answer.userHandle = text(response.userHandle);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: answer,
      clientExtensionResults: {},
    });
  };

  // The browser offers it where it fills in the code (conditional mediation), and asks nobody.
  const offer = async () => {
    if (!(await window.PublicKeyCredential?.isConditionalMediationAvailable?.())) return;
    const over = new AbortController();
    form.addEventListener("submit", () => over.abort());
    const { timeout, ...whenever } = publicKey;
    const credential = await navigator.credentials.get({ mediation: "conditional", publicKey: whenever, signal: over.signal });
    for (const [name, value] of [["action", "passkey"], ["response", json(credential)]])
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.submit();
  };
  if (beside) {
    offer().catch(() => {});
    return;
  }

  const state = document.getElementById("passkey-state");
  const button = document.getElementById("passkey-button");
  const opened = Date.now();
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!window.PublicKeyCredential || !navigator.credentials) {
      fail("NotAvailable", "");
      return;
    }
    const left = options.timeout - (Date.now() - opened);
    if (left <= 0) {
      fail("TimeoutError", "");
      return;
    }
    publicKey.timeout = left;
    button.disabled = true;
    state.textContent = state.dataset.waiting;
    try {
      const credential = await navigator.credentials[creates ? "create" : "get"]({ publicKey });
      send("default", json(credential));
    } catch (error) {
      fail(error.name, String(error.message).slice(0, 200));
    }
  });
})();
