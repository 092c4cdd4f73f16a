import { expect, test } from "bun:test";
import { deriveKey, equalTexts, hkdf, hmac, random, sha256, systemClock } from "./crypto.ts";

function fromHex(hex: string): Uint8Array {
  return Uint8Array.fromHex(hex);
}

function hexOf(base64url: string): string {
  return Buffer.from(base64url, "base64url").toString("hex");
}

test.each([
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
])("sha256() hashes %p as FIPS 180's examples do", (text, hex) => {
  expect(hexOf(sha256(text))).toBe(hex);
});

test("sha256() hashes the UTF-8 form", () => {
  expect(sha256("é😀")).toBe(
    new Bun.CryptoHasher("sha256").update(Buffer.from("é😀")).digest("base64url"),
  );
});

test.each([
  {
    name: "1",
    key: "0b".repeat(20),
    text: "Hi There",
    mac: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  },
  {
    name: "2",
    key: "4a656665",
    text: "what do ya want for nothing?",
    mac: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  },
  {
    name: "6",
    key: "aa".repeat(131),
    text: "Test Using Larger Than Block-Size Key - Hash Key First",
    mac: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  },
  {
    name: "7",
    key: "aa".repeat(131),
    text: "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
    mac: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
  },
])("hmac() meets RFC 4231, test case $name", ({ key, text, mac }) => {
  expect(hexOf(hmac(fromHex(key), text))).toBe(mac);
});

test.each([
  [
    "A.1",
    { secret: "0b".repeat(22), salt: "000102030405060708090a0b0c", info: "f0f1f2f3f4f5f6f7f8f9" },
    "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
  ],
  [
    "A.2",
    { secret: hexRange(0x00, 0x4f), salt: hexRange(0x60, 0xaf), info: hexRange(0xb0, 0xff) },
    "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
  ],
  [
    "A.3",
    { secret: "0b".repeat(22), salt: "", info: "" },
    "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  ],
])("hkdf() meets RFC 5869, appendix %s", (_case, input, okm) => {
  const { secret, salt, info } = input;
  const bytes = { secret: fromHex(secret), salt: fromHex(salt), info: fromHex(info) };
  expect(Buffer.from(hkdf(bytes, okm.length / 2)).toString("hex")).toBe(okm);
});

test("deriveKey() gives 32 bytes, the same for the same purpose and unlike for another", () => {
  const root = new Uint8Array(32).fill(7);
  expect(deriveKey(root, "keys")).toHaveLength(32);
  expect(deriveKey(root, "keys")).toEqual(deriveKey(root, "keys"));
  expect(deriveKey(root, "keys")).not.toEqual(deriveKey(root, "key"));
  expect(deriveKey(root, "keys")).not.toEqual(deriveKey(new Uint8Array(32).fill(8), "keys"));
});

test("deriveKey() stays what it was, so that a new version opens what an old one sealed", () => {
  const derived = deriveKey(new Uint8Array(32).fill(7), "keys");
  const extracted = hmacBytes(new Uint8Array(32), new Uint8Array(32).fill(7));
  const expanded = hmacBytes(
    extracted,
    Buffer.concat([Buffer.from("postern/v1/keys"), Buffer.of(1)]),
  );
  expect(Buffer.from(derived).toString("hex")).toBe(Buffer.from(expanded).toString("hex"));
});

test("equalTexts() compares whole texts", () => {
  expect(equalTexts("abc", "abc")).toBe(true);
  expect(equalTexts("", "")).toBe(true);
  expect(equalTexts("abc", "abd")).toBe(false);
  expect(equalTexts("abc", "ab")).toBe(false);
  expect(equalTexts("é", "é".normalize("NFD"))).toBe(false);
});

test("random.bytes() gives fresh arrays of the length that is asked for", () => {
  expect(random.bytes(0)).toHaveLength(0);
  const seen = new Set(
    Array.from({ length: 1_000 }, () => Buffer.from(random.bytes(16)).toString("hex")),
  );
  expect(seen.size).toBe(1_000);
});

test("systemClock.now() tells the time", () => {
  const before = Date.now();
  const now: number = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

function hexRange(first: number, last: number): string {
  return Buffer.from(
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  ).toString("hex");
}

function hmacBytes(key: Uint8Array, data: Uint8Array): Uint8Array {
  return new Uint8Array(new Bun.CryptoHasher("sha256", key).update(data).digest());
}
