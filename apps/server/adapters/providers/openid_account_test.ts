import { expect, test } from "bun:test";
import { accountOf } from "./openid_account.ts";
import { PRESETS, quirksOf } from "./presets.ts";

const MICROSOFT = {
  kind: "oidc" as const,
  issuer: "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
};

test("an address of Microsoft's is verified where its own claim says so, and not for being there (nOAuth)", () => {
  const claims = { sub: "1", email: "victim@example.com" };
  const quirks = quirksOf(MICROSOFT);
  expect(accountOf(MICROSOFT, claims, quirks).isEmailVerified).toBe(false);
  for (const said of [false, "false", 0, "0", "", null, "yes", [true], {}]) {
    const account = accountOf(MICROSOFT, { ...claims, xms_edov: said }, quirks);
    expect(account.isEmailVerified).toBe(false);
  }
  for (const said of [true, "true", 1, "1"]) {
    const account = accountOf(MICROSOFT, { ...claims, xms_edov: said }, quirks);
    expect(account.isEmailVerified).toBe(true);
  }
  // The standard's claim is read by the standard.
  const loose = { ...claims, email_verified: "1" };
  expect(accountOf(MICROSOFT, loose, quirks).isEmailVerified).toBe(false);
});

test("Microsoft's claim says nothing from anybody else", () => {
  const other = { issuer: "https://id.example.org" };
  const claims = { sub: "1", email: "victim@example.com", xms_edov: true };
  expect(accountOf(other, claims, PRESETS.oidc.quirks).isEmailVerified).toBe(false);
});

test("an account is known by the provider's issuer, whatever the token calls it", () => {
  const issuer = "https://accounts.google.com";
  const claims = { sub: "1", iss: "accounts.google.com" };
  expect(accountOf({ issuer }, claims, PRESETS.google.quirks).issuer).toBe(issuer);
});

test("without an address nothing is verified", () => {
  const claims = { sub: "1", email_verified: true };
  const account = accountOf({ issuer: "https://id.example.org" }, claims, PRESETS.oidc.quirks);
  expect(account).toMatchObject({ email: null, isEmailVerified: false });
});
