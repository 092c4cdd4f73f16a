import { expect, test } from "bun:test";
import { checkAuthorization } from "./check_authorization.ts";

const REDIRECT = "http://127.0.0.1:49152/callback";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const GOOD: Readonly<Record<string, readonly string[]>> = {
  client_id: ["console"],
  redirect_uri: [REDIRECT],
  response_type: ["code"],
  state: ["kept"],
  code_challenge: [CHALLENGE],
  code_challenge_method: ["S256"],
};

function check(changed: Readonly<Record<string, readonly string[]>>) {
  const sent = { ...GOOD, ...changed };
  return checkAuthorization((name) => sent[name] ?? []);
}

function codeOf(changed: Readonly<Record<string, readonly string[]>>): string {
  const checked = check(changed);
  return checked.ok ? "ok" : checked.error.code;
}

test("checkAuthorization() reads a good request", () => {
  const value = { redirectUri: REDIRECT, state: "kept", codeChallenge: CHALLENGE, maxAgeMs: null };
  expect(check({})).toEqual({ ok: true, value });
});

test("checkAuthorization() reads how old the sign-in may be", () => {
  expect(check({ max_age: ["300"] })).toMatchObject({ value: { maxAgeMs: 300_000 } });
  expect(check({ max_age: ["300"], prompt: ["login"] })).toMatchObject({ value: { maxAgeMs: 0 } });
  expect(check({ prompt: ["consent"] })).toMatchObject({ value: { maxAgeMs: null } });
  for (const age of ["-1", "", "1e3", "9".repeat(11)]) {
    expect(codeOf({ max_age: [age] })).toBe("invalid_request");
  }
  expect(codeOf({ prompt: ["none"] })).toBe("invalid_request");
});

test("checkAuthorization() sends nobody anywhere for a wrong client or redirect (open redirect)", () => {
  expect(check({ client_id: ["other"] })).toEqual({ ok: false, error: { code: "unknown_client" } });
  expect(codeOf({ client_id: [] })).toBe("unknown_client");
  const bad = [["https://evil.example/callback"], [], [REDIRECT, "https://evil.example/callback"]];
  for (const redirect_uri of bad) {
    expect(check({ redirect_uri })).toEqual({ ok: false, error: { code: "bad_redirect" } });
  }
});

test("checkAuthorization() refuses a request without S256 (PKCE downgrade)", () => {
  for (const code_challenge_method of [[], ["plain"], ["s256"], ["S256", "plain"]]) {
    expect(codeOf({ code_challenge_method })).toBe("invalid_request");
  }
  for (const code_challenge of [[], [""], ["short"], [CHALLENGE, CHALLENGE]]) {
    expect(codeOf({ code_challenge })).toBe("invalid_request");
  }
});

test("checkAuthorization() wants a state, once, and gives it back with a refusal", () => {
  for (const state of [[], [""], ["a", "b"], ["a".repeat(513)]]) {
    expect(check({ state })).toMatchObject({ error: { code: "invalid_request", state: null } });
  }
  const error = {
    code: "unsupported_response_type",
    redirectUri: REDIRECT,
    state: "kept",
  } as const;
  expect(check({ response_type: ["token"] })).toEqual({ ok: false, error });
  expect(codeOf({ response_type: [] })).toBe("invalid_request");
});
