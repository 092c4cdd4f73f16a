import { expect, test } from "bun:test";
import { epochMs } from "@postern/std";
import { decodeProtectedHeader, exportPKCS8, generateKeyPair, jwtVerify } from "jose";
import { secretToSend } from "./client_secret.ts";

const NOW = epochMs(1_780_000_000_000);
const clock = { now: () => NOW };
const client = { clientId: "org.example.web", issuer: "https://appleid.apple.com" };

/** A key as it stands in a .p8 file, in one line. */
async function newKey(alg: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const pem = await exportPKCS8(privateKey);
  return { publicKey, line: pem.replaceAll(/-----[A-Z ]+-----|\s/g, "") };
}

test("a signing key signs a secret that is good for minutes, for this client at this issuer", async () => {
  const { publicKey, line } = await newKey("ES256");
  const secret = (await secretToSend(clock, client, `apple:TEAM012345:KEY0123456:${line}`)) ?? "";
  const { payload } = await jwtVerify(secret, publicKey, { currentDate: new Date(NOW) });
  expect(decodeProtectedHeader(secret)).toEqual({ alg: "ES256", kid: "KEY0123456" });
  expect(payload).toEqual({
    iss: "TEAM012345",
    sub: client.clientId,
    aud: client.issuer,
    iat: NOW / 1_000,
    exp: NOW / 1_000 + 300,
  });
  expect(secret).not.toContain(line);
});

test("any other secret is sent as it is", async () => {
  const { line } = await newKey("ES256");
  const others = [
    "s3cret",
    "apple:pie",
    `apple:team012345:KEY0123456:${line}`,
    "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
  ];
  for (const secret of others) expect(await secretToSend(clock, client, secret)).toBe(secret);
});

test("what has the form of a signing key and is none is not sent", async () => {
  const ed25519 = await newKey("EdDSA");
  for (const line of ["AAAA", ed25519.line]) {
    const secret = `apple:TEAM012345:KEY0123456:${line}`;
    expect(await secretToSend(clock, client, secret)).toBeUndefined();
  }
});
