// A security key made of software, and the browser before it: answers ceremonies of WebAuthn as both would.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const PRESENT_AND_VERIFIED = 0x05;
const ATTESTED = 0x40;

const sha256 = (data) => createHash("sha256").update(data).digest();
const number = (value, size) => {
  const written = Buffer.alloc(size);
  written.writeUIntBE(value, 0, size);
  return written;
};
// CBOR (RFC 8949), as much as a key says: texts below 24 bytes, and byte strings below 256.
const text = (value) => Buffer.concat([Buffer.of(0x60 | value.length), Buffer.from(value)]);
const bytes = (value) => Buffer.concat([Buffer.of(0x58, value.length), value]);

export class SoftKey {
  #id = randomBytes(32);
  #count = 0;
  #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #owner = "";

  /** @param options as a page has them */
  create(options, origin) {
    this.#owner = options.user.id;
    const data = Buffer.concat([
      sha256(options.rp.id), Buffer.of(PRESENT_AND_VERIFIED | ATTESTED), number(this.#count, 4),
      Buffer.alloc(16), number(this.#id.length, 2), this.#id, this.#cose(),
    ]);
    const attestation = Buffer.concat([
      Buffer.of(0xa3), text("fmt"), text("none"), text("attStmt"), Buffer.of(0xa0), text("authData"), bytes(data),
    ]);
    return this.#answer({
      clientDataJSON: this.#client("webauthn.create", options, origin), attestationObject: attestation, transports: ["usb"],
    });
  }

  sign(options, origin) {
    const data = Buffer.concat([sha256(options.rpId), Buffer.of(PRESENT_AND_VERIFIED), number(++this.#count, 4)]);
    const client = this.#client("webauthn.get", options, origin);
    const signature = sign("sha256", Buffer.concat([data, sha256(client)]), this.#pair.privateKey);
    return this.#answer({
      clientDataJSON: client, authenticatorData: data, signature, userHandle: Buffer.from(this.#owner, "base64url"),
    });
  }

  /** {1: 2, 3: -7, -1: 1, -2: x, -3: y}: RFC 9053 section 7.1.1. */
  #cose() {
    const { x, y } = this.#pair.publicKey.export({ format: "jwk" });
    return Buffer.concat([
      Buffer.of(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21), bytes(Buffer.from(x, "base64url")), Buffer.of(0x22), bytes(Buffer.from(y, "base64url")),
    ]);
  }

  #client(type, { challenge }, origin) {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #answer(response) {
    const id = this.#id.toString("base64url");
    const written = (_, value) => (value?.type === "Buffer" ? Buffer.from(value.data).toString("base64url") : value);
    return JSON.stringify({ id, rawId: id, type: "public-key", clientExtensionResults: {}, response }, written);
  }
}
