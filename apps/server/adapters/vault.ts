/**
 * The vault: seals texts with AES-256-GCM under a key that has an id, for one place.
 *
 * A sealed text is `v1.<key id>.<nonce>.<ciphertext and tag>`, the last two in base64url. The
 * version, the key's id and the place are authenticated with it.
 *
 * @see NIST SP 800-38D, section 8.3: at most 2^32 random nonces for one key
 * @module
 */

import type { FindSealingKey, OpenError, SealingKey, Vault } from "@postern/auth";
import { err, ok, type Random, type Result } from "@postern/std";
import { decryptGcm, encryptGcm, NONCE_BYTES, TAG_BYTES } from "./_aes_gcm.ts";

const VERSION = "v1";

/** Length of a key, bytes: AES-256. */
const KEY_BYTES = 32;

/** No dot, so that the parts of a sealed text, and of what is authenticated, cannot run together. */
const KEY_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Makes a vault. */
export function createVault(deps: { readonly random: Random }): Vault {
  return {
    seal: (key, context, plaintext) => seal(deps.random, { key, context }, plaintext),
    open,
  };
}

interface Place {
  readonly key: SealingKey;
  readonly context: string;
}

function seal(random: Random, place: Place, plaintext: string): string {
  const { id, bytes } = place.key;
  if (!KEY_ID.test(id)) {
    throw new TypeError("Cannot seal: the key's id is not of letters, digits, _ and -");
  }
  if (!(plaintext.isWellFormed() && place.context.isWellFormed())) {
    throw new TypeError("Cannot seal: the text has lone surrogates, and would not come back");
  }
  const nonce = random.bytes(NONCE_BYTES);
  const input = { key: keyBytes(bytes), nonce, additional: additionalOf(id, place.context) };
  const sealed = encryptGcm(input, Buffer.from(plaintext));
  return `${VERSION}.${id}.${Buffer.from(nonce).toString("base64url")}.${sealed.toString("base64url")}`;
}

function open(findKey: FindSealingKey, context: string, sealed: string): Result<string, OpenError> {
  const [version, keyId, nonceText, bodyText, ...rest] = sealed.split(".");
  if (version !== VERSION || keyId === undefined || !KEY_ID.test(keyId) || rest.length > 0) {
    return err({ code: "malformed" });
  }
  const nonce = decodeStrictly(nonceText);
  const body = decodeStrictly(bodyText);
  if (nonce?.length !== NONCE_BYTES || body === undefined || body.length < TAG_BYTES) {
    return err({ code: "malformed" });
  }
  const key = findKey(keyId);
  if (key === undefined) return err({ code: "unknown_key", keyId });
  const input = { key: keyBytes(key.bytes), nonce, additional: additionalOf(keyId, context) };
  const plaintext = decryptGcm(input, body);
  return plaintext === undefined ? err({ code: "not_authentic" }) : ok(plaintext.toString());
}

function additionalOf(keyId: string, context: string): Buffer {
  return Buffer.from(`${VERSION}.${keyId}.${context}`);
}

function keyBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== KEY_BYTES) {
    throw new RangeError(`Cannot use a sealing key of ${bytes.length} bytes: need ${KEY_BYTES}`);
  }
  return bytes;
}

/** Decodes base64url; `undefined` where it is not the one form that these bytes have. */
function decodeStrictly(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}
