// Proof of work by ALTCHA's open protocol, version 1: finds the number that has the challenge's hash behind the salt (SHA-256), and sends the form.
"use strict";
(() => {
  const field = document.getElementById("altcha");
  const state = document.getElementById("proof-state");
  if (!field) return;
  const { algorithm, challenge, salt, signature, maxnumber } = field.dataset;

  // FIPS 180-4: the first 32 bits of the fractional parts of square and cube roots of primes.
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const bits = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  const first = primes.slice(0, 8).map((prime) => bits(Math.sqrt(prime)));
  const rounds = Int32Array.from(primes, (prime) => bits(Math.cbrt(prime)));

  const words = new Int32Array(64);
  const compress = (hash) => {
    for (let i = 16; i < 64; i++) {
      const a = words[i - 15];
      const b = words[i - 2];
      words[i] = (words[i - 16] + ((a >>> 7 | a << 25) ^ (a >>> 18 | a << 14) ^ a >>> 3) + words[i - 7]
        + ((b >>> 17 | b << 15) ^ (b >>> 19 | b << 13) ^ b >>> 10)) | 0;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const x = (h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + rounds[i] + words[i]) | 0;
      const y = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c)) | 0;
      h = g; g = f; f = e; e = (d + x) | 0; d = c; c = b; b = a; a = (x + y) | 0;
    }
    return [hash[0] + a | 0, hash[1] + b | 0, hash[2] + c | 0, hash[3] + d | 0,
      hash[4] + e | 0, hash[5] + f | 0, hash[6] + g | 0, hash[7] + h | 0];
  };

  // ASCII of any length, padded to blocks of 64 bytes.
  const sha256 = (text) => {
    const blocks = Math.ceil((text.length + 9) / 64);
    let hash = first;
    for (let block = 0; block < blocks; block++) {
      words.fill(0);
      for (let i = 0; i < 64; i++) {
        const at = block * 64 + i;
        const byte = at < text.length ? text.charCodeAt(at) : at === text.length ? 0x80 : 0;
        words[i >> 2] |= byte << (24 - (i & 3) * 8);
      }
      if (block === blocks - 1) words[15] = text.length * 8;
      hash = compress(hash);
    }
    return hash;
  };

  const wanted = challenge.match(/.{8}/g).map((part) => parseInt(part, 16) | 0);
  const form = field.form;
  const button = form.querySelector("button");
  button.disabled = true;
  state.textContent = state.dataset.working;
  const begun = Date.now();
  const send = (number) => {
    field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature, took: Date.now() - begun }));
    state.textContent = state.dataset.done;
    button.disabled = false;
    form.requestSubmit(button);
  };
  // In short pieces, so that the page still answers.
  const search = (from) => {
    for (let number = from; number <= Number(maxnumber); number++) {
      if (number - from === 5000) { setTimeout(search, 0, number); return; }
      const hash = sha256(salt + number);
      if (hash[0] === wanted[0] && hash.every((word, i) => word === wanted[i])) { send(number); return; }
    }
  };
  search(0);
})();
