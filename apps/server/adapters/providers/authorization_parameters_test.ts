import { expect, test } from "bun:test";
import { authorizationParameters } from "./authorization_parameters.ts";
import { PRESETS } from "./presets.ts";

const apple = { kind: "oidc", issuer: PRESETS.apple.issuer } as const;

test("Apple is asked to post its answer as soon as more than the subject is asked for", () => {
  expect(authorizationParameters({ ...apple, scopes: PRESETS.apple.scopes })).toEqual({
    response_mode: "form_post",
  });
  expect(authorizationParameters({ ...apple, scopes: ["openid"] })).toEqual({});
});

test("nobody else is asked to post", () => {
  const scopes = ["openid", "email", "profile"];
  const acme = { kind: "oidc", issuer: "https://acme.example" } as const;
  expect(authorizationParameters({ ...acme, scopes })).toEqual({});
  expect(authorizationParameters({ ...acme, scopes: [...scopes, "offline_access"] })).toEqual({
    prompt: "consent",
  });
});
