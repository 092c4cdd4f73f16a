import { expect, test } from "bun:test";
import { epochMs } from "@postern/std";
import { checkAuthorization, isRecentEnough } from "./check_authorization.ts";
import { operationId } from "./operation.ts";

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

function sha256(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("base64url");
}

function check(changed: Readonly<Record<string, readonly string[]>>) {
  const sent = { ...GOOD, ...changed };
  return checkAuthorization(sha256, (name) => sent[name] ?? []);
}

function codeOf(changed: Readonly<Record<string, readonly string[]>>): string {
  const checked = check(changed);
  return checked.ok ? "ok" : checked.error.code;
}

test("checkAuthorization() reads a good request", () => {
  const value = {
    redirectUri: REDIRECT,
    state: "kept",
    codeChallenge: CHALLENGE,
    maxAgeMs: null,
    signedInAfter: null,
    mustSignIn: false,
    operation: null,
  };
  expect(check({})).toEqual({ ok: true, value });
});

test("checkAuthorization() reads how old the sign-in may be", () => {
  expect(check({ max_age: ["300"] })).toMatchObject({ value: { maxAgeMs: 300_000 } });
  expect(check({ prompt: ["consent"] })).toMatchObject({
    value: { maxAgeMs: null, mustSignIn: false },
  });
  for (const age of ["-1", "1e3", "9".repeat(11)]) {
    expect(codeOf({ max_age: [age] })).toBe("invalid_request");
  }
  for (const after of ["-1", "1e3", "9".repeat(15)]) {
    expect(codeOf({ signed_in_after: [after] })).toBe("invalid_request");
  }
  for (const prompt of [["none"], ["", ""], ["login", "login"]]) {
    expect(codeOf({ prompt })).toBe("invalid_request");
  }
});

test("checkAuthorization() takes prompt=login for met once it says since when", () => {
  const login = { maxAgeMs: 300_000, mustSignIn: true, signedInAfter: null };
  expect(check({ prompt: ["login"] })).toMatchObject({ value: login });
  expect(check({ prompt: ["login"], max_age: ["900"] })).toMatchObject({ value: login });
  expect(check({ prompt: ["login"], max_age: ["9"] })).toMatchObject({
    value: { maxAgeMs: 9_000 },
  });
  const after = { maxAgeMs: 300_000, mustSignIn: false, signedInAfter: 1_780_000_000_000 };
  const back = { prompt: ["login"], signed_in_after: ["1780000000000"] };
  expect(check(back)).toMatchObject({ value: after });
});

test("checkAuthorization() takes max_age=0 for prompt=login, which a sign-in from then on meets (endless sign-in)", () => {
  const asked = { maxAgeMs: 0, mustSignIn: true, signedInAfter: null };
  expect(check({ max_age: ["0"] })).toMatchObject({ value: asked });
  const met = { maxAgeMs: 300_000, mustSignIn: false, signedInAfter: 1_780_000_000_000 };
  const back = { max_age: ["0"], signed_in_after: ["1780000000000"] };
  expect(check(back)).toMatchObject({ value: met });
});

test("checkAuthorization() takes a parameter without a value for none (RFC 6749, section 3.1)", () => {
  const names = ["prompt", "max_age", "signed_in_after", "operation", "operation_input"];
  const empty = Object.fromEntries(names.map((name) => [name, [""]]));
  expect(check(empty)).toEqual(check({}));
  for (const name of ["state", "code_challenge", "response_type"]) {
    expect(codeOf({ [name]: [""] })).toBe("invalid_request");
  }
});

test("isRecentEnough() holds both: the age, and the time that was asked for", () => {
  const at = epochMs(1_000_000);
  const ago = (ms: number) => epochMs(at - ms);
  expect(isRecentEnough({ maxAgeMs: null, signedInAfter: null }, ago(900_000), at)).toBe(true);
  expect(isRecentEnough({ maxAgeMs: 1_000, signedInAfter: null }, ago(1_000), at)).toBe(true);
  expect(isRecentEnough({ maxAgeMs: 1_000, signedInAfter: null }, ago(1_001), at)).toBe(false);
  expect(isRecentEnough({ maxAgeMs: 9_000, signedInAfter: ago(500) }, ago(501), at)).toBe(false);
  expect(isRecentEnough({ maxAgeMs: 9_000, signedInAfter: ago(500) }, ago(500), at)).toBe(true);
});

test("checkAuthorization() reads the operation, and its input where that is of the same hash", () => {
  const input = { role: "owner", id: "7" };
  const id = operationId(sha256, "users.setRole", input);
  const operation = { id, path: "users.setRole", input: null };
  expect(check({ operation: [id] })).toMatchObject({ value: { operation, maxAgeMs: 300_000 } });
  const text = '{"id":"7","role":"owner"}';
  expect(check({ operation: [id], operation_input: [text] })).toMatchObject({
    value: { operation: { ...operation, input } },
  });
});

test("checkAuthorization() shows no input that is not the one that is bound (step-up for another)", () => {
  const id = operationId(sha256, "users.setRole", { id: "7", role: "owner" });
  for (const shown of ['{"id":"8","role":"owner"}', "{}", "nonsense", '["7"]', "null"]) {
    expect(codeOf({ operation: [id], operation_input: [shown] })).toBe("invalid_request");
  }
  const long = { id: "7".repeat(500) };
  const ofLong = operationId(sha256, "users.setRole", long);
  const sent = { operation: [ofLong], operation_input: [JSON.stringify(long)] };
  expect(codeOf(sent)).toBe("invalid_request");
  expect(codeOf({ operation_input: ["{}"] })).toBe("invalid_request");
  for (const bad of ["users.setRole", "users.setRole:short", `../x:${"a".repeat(43)}`]) {
    expect(codeOf({ operation: [bad] })).toBe("invalid_request");
  }
  expect(codeOf({ operation: [id, id] })).toBe("invalid_request");
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
