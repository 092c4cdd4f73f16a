import { expect, test } from "bun:test";
import { PRESETS, presetOf, quirksOf } from "./presets.ts";

test("a provider's preset is found by its kind and issuer", () => {
  const tenant = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0";
  const found = [
    presetOf({ kind: "google", issuer: "https://accounts.google.com" }),
    presetOf({ kind: "github", issuer: "https://github.example.org" }),
    presetOf({ kind: "oidc", issuer: tenant }),
    presetOf({ kind: "oidc", issuer: "https://gitlab.com" }),
    presetOf({ kind: "oidc", issuer: "https://discord.com" }),
    presetOf({ kind: "oidc", issuer: "https://appleid.apple.com" }),
    presetOf({ kind: "oidc", issuer: "https://id.example.org" }),
  ];
  expect(found.map(({ id }) => id)).toEqual(Object.keys(PRESETS));
});

test("a quirk holds for nobody but the provider that has it", () => {
  const google = quirksOf({ kind: "google", issuer: "https://accounts.google.com" });
  expect(google.otherIssuers).toEqual(["accounts.google.com"]);
  const another = quirksOf({ kind: "google", issuer: "https://google.example.org" });
  expect(another.otherIssuers).toEqual([]);
  const lookalikes = [
    "https://discord.com.evil.example",
    "https://discord.com/",
    "http://discord.com",
    "https://login.microsoftonline.com/common/v2.0",
    "https://login.microsoftonline.com.evil.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
  ];
  for (const issuer of lookalikes) {
    const quirks = quirksOf({ kind: "oidc", issuer });
    expect(quirks.mayOmitNonce).toBe(false);
    expect(quirks.verifiedClaim).toBeNull();
  }
});

test("every OpenID preset asks for openid", () => {
  for (const preset of Object.values(PRESETS)) {
    const scopes: readonly string[] = preset.scopes;
    if (preset.kind !== "github") expect(scopes).toContain("openid");
  }
});
