import { describe, expect, test } from "bun:test";
import type { SealingKey } from "@postern/auth";
import { decryptGcm, encryptGcm } from "./_aes_gcm.ts";
import { random } from "./crypto.ts";
import { createVault } from "./vault.ts";

const KEY: SealingKey = { id: "k1", bytes: new Uint8Array(32).fill(1) };
const OTHER: SealingKey = { id: "k2", bytes: new Uint8Array(32).fill(2) };
const vault = createVault({ random });

function find(id: string): SealingKey | undefined {
  return [KEY, OTHER].find((key) => key.id === id);
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.fromHex(hex);
}

/** Test cases 13 to 16 of the submission of GCM to NIST (McGrew and Viega, 2005), AES-256. */
const P15 =
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
const C15 =
  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
const K15 = "feffe9928665731c6d6a8f9467308308".repeat(2);
const VECTORS = [
  {
    name: "13",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    aad: "",
    plain: "",
    cipher: "",
    tag: "530f8afbc74536b9a963b4f1c4cb738b",
  },
  {
    name: "14",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    aad: "",
    plain: "00".repeat(16),
    cipher: "cea7403d4d606b6e074ec5d3baf39d18",
    tag: "d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    name: "15",
    key: K15,
    nonce: "cafebabefacedbaddecaf888",
    aad: "",
    plain: P15,
    cipher: C15,
    tag: "b094dac5d93471bdec1a502270e3cc6c",
  },
  {
    name: "16",
    key: K15,
    nonce: "cafebabefacedbaddecaf888",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plain: P15.slice(0, -8),
    cipher: C15.slice(0, -8),
    tag: "76fc6ece0f4e1768cddf8853bb2d551b",
  },
];

test.each(VECTORS)("AES-256-GCM meets the published test case $name", (vector) => {
  const input = {
    key: fromHex(vector.key),
    nonce: fromHex(vector.nonce),
    additional: fromHex(vector.aad),
  };
  const sealed = encryptGcm(input, fromHex(vector.plain));
  expect(sealed.toString("hex")).toBe(vector.cipher + vector.tag);
  expect(decryptGcm(input, sealed)?.toString("hex")).toBe(vector.plain);
});

describe("a vault", () => {
  test.each(["", "a", "pässwörd 😀\u0000\n", "x".repeat(100_000)])(
    "opens what it sealed",
    (text) => {
      const sealed = vault.seal(KEY, "secrets:1", text);
      expect(vault.open(find, "secrets:1", sealed)).toEqual({ ok: true, value: text });
    },
  );

  test("writes v1, the key's id, a nonce and the rest, and nothing twice alike", () => {
    const sealed = Array.from({ length: 100 }, () => vault.seal(KEY, "secrets:1", "text"));
    for (const text of sealed) expect(text).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]{27}$/);
    expect(new Set(sealed.map((text) => text.split(".")[2])).size).toBe(100);
    expect(new Set(sealed.map((text) => text.split(".")[3])).size).toBe(100);
  });

  test("opens a text in its own place only (swapped rows)", () => {
    const [first, second] = [
      vault.seal(KEY, "secrets:1", "one"),
      vault.seal(KEY, "secrets:2", "two"),
    ];
    const refused = { ok: false, error: { code: "not_authentic" } } as const;
    expect(vault.open(find, "secrets:1", second)).toEqual(refused);
    expect(vault.open(find, "secrets:2", first)).toEqual(refused);
    expect(vault.open(find, "", first)).toEqual(refused);
  });

  test("does not take one key's text for another's (renamed key)", () => {
    const renamed = vault.seal(KEY, "secrets:1", "one").replace("v1.k1.", "v1.k2.");
    expect(vault.open(find, "secrets:1", renamed)).toEqual({
      ok: false,
      error: { code: "not_authentic" },
    });
    const sameBytes = (id: string): SealingKey => ({ id, bytes: KEY.bytes });
    expect(vault.open(sameBytes, "secrets:1", renamed)).toEqual({
      ok: false,
      error: { code: "not_authentic" },
    });
  });

  test("names the key that is gone", () => {
    const sealed = vault.seal({ ...KEY, id: "lost" }, "secrets:1", "one");
    expect(vault.open(find, "secrets:1", sealed)).toEqual({
      ok: false,
      error: { code: "unknown_key", keyId: "lost" },
    });
  });

  test("opens nothing that differs in one character (tampering)", () => {
    const sealed = vault.seal(KEY, "secrets:1", "some text that is longer than one block");
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = sealed.charAt(at) === "A" ? "B" : "A";
      const tampered = sealed.slice(0, at) + changed + sealed.slice(at + 1);
      expect(vault.open(find, "secrets:1", tampered).ok).toBe(false);
    }
  });

  test("opens nothing that is cut, lengthened or of another form", () => {
    const sealed = vault.seal(KEY, "secrets:1", "text");
    for (let length = 0; length < sealed.length; length += 1) {
      expect(vault.open(find, "secrets:1", sealed.slice(0, length)).ok).toBe(false);
    }
    const malformed = { ok: false, error: { code: "malformed" } } as const;
    for (const text of [
      `${sealed}.`,
      `${sealed}=`,
      `${sealed}\n`,
      ` ${sealed}`,
      sealed.replace("v1", "v2"),
      "....",
      "v1.k 1.AAAA.AAAA",
    ]) {
      expect(vault.open(find, "secrets:1", text)).toEqual(malformed);
    }
  });

  test("refuses a key that is no AES-256 key, an id with a dot, and text that would not come back", () => {
    expect(() => vault.seal({ id: "k", bytes: new Uint8Array(16) }, "c", "t")).toThrow(RangeError);
    expect(() => vault.seal({ id: "a.b", bytes: KEY.bytes }, "c", "t")).toThrow(TypeError);
    expect(() => vault.seal(KEY, "c", "\ud800")).toThrow(TypeError);
    expect(() => vault.seal(KEY, "\ud800", "t")).toThrow(TypeError);
  });
});
