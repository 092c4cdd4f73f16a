import { expect, test } from "bun:test";
import { isChallenge, isVerifierOf } from "./code_challenge.ts";

// RFC 7636, appendix B.
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

function sha256(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("base64url");
}

test("isVerifierOf() takes the pair of RFC 7636, appendix B", () => {
  expect(isChallenge(CHALLENGE)).toBe(true);
  expect(isVerifierOf(sha256, CHALLENGE, VERIFIER)).toBe(true);
});

test("isVerifierOf() refuses another verifier, and the challenge itself (plain)", () => {
  for (const verifier of [`${VERIFIER.slice(0, -1)}l`, `${VERIFIER}A`, CHALLENGE, ""]) {
    expect(isVerifierOf(sha256, CHALLENGE, verifier)).toBe(false);
  }
  expect(isVerifierOf(sha256, CHALLENGE, CHALLENGE)).toBe(false);
});

test("isVerifierOf() refuses a verifier that is too short, too long, or of other characters", () => {
  const most = "a".repeat(128);
  expect(isVerifierOf(sha256, sha256(most), most)).toBe(true);
  for (const verifier of ["a".repeat(42), "a".repeat(129), `${"a".repeat(43)} `, "é".repeat(43)]) {
    expect(isVerifierOf(sha256, sha256(verifier), verifier)).toBe(false);
  }
});

test("isChallenge() refuses what no SHA-256 gives", () => {
  for (const text of ["", CHALLENGE.slice(1), `${CHALLENGE}A`, `${CHALLENGE.slice(0, -1)}N`]) {
    expect(isChallenge(text)).toBe(false);
  }
});
