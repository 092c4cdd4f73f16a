import { expect, test } from "bun:test";
import { createCookieReader } from "./cookies.ts";
import { createCookieWriter } from "./set_cookie.ts";

const overHttp = createCookieWriter({ prefix: "", domain: undefined, secure: false });
const overHttps = createCookieWriter({ prefix: "__Host-", domain: undefined, secure: true });
const shared = createCookieWriter({ prefix: "__Secure-", domain: "example.org", secure: true });

test("set() writes the attributes that the contract names", () => {
  expect(overHttp.set("session", "abc", 60)).toBe(
    "sessionid=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
  );
  expect(overHttps.set("access", "a.b-c_d", 900)).toBe(
    "__Host-access_token=a.b-c_d; Path=/; Max-Age=900; Secure; HttpOnly; SameSite=Lax",
  );
  expect(shared.set("refresh", "x", 1)).toBe(
    "__Secure-refresh_token=x; Path=/; Domain=example.org; Max-Age=1; Secure; HttpOnly; SameSite=Lax",
  );
});

test("set() leaves only the CSRF token readable by script (session theft by script)", () => {
  for (const key of ["access", "refresh", "session", "browser"] as const) {
    expect(overHttps.set(key, "x", 1)).toContain("; HttpOnly");
    expect(overHttps.clear(key)).toContain("; HttpOnly");
  }
  expect(overHttps.set("csrf", "x", 1)).toBe(
    "__Host-csrftoken=x; Path=/; Max-Age=1; Secure; SameSite=Lax",
  );
});

test("clear() ends a cookie with the same name, path and domain", () => {
  expect(shared.clear("session")).toBe(
    "__Secure-sessionid=; Path=/; Domain=example.org; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax",
  );
});

test.each([
  "",
  "a;b",
  "a b",
  'a"b',
  "a,b",
  "a\\b",
  "a\r\nSet-Cookie: x=y",
  "a\u0000",
  "é",
  "a\u007f",
])("set() throws on the value %p (attribute and header injection)", (value) => {
  expect(() => overHttp.set("session", value, 1)).toThrow(TypeError);
});

test("set() throws on a life that is no whole number of seconds", () => {
  for (const maxAgeS of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => overHttp.set("session", "x", maxAgeS)).toThrow(RangeError);
  }
});

test("what set() writes, Bun's own cookie parser reads the same", () => {
  const cookie = Bun.Cookie.parse(shared.set("csrf", "tok", 9));
  expect(cookie.toJSON()).toMatchObject({
    name: "__Secure-csrftoken",
    value: "tok",
    domain: "example.org",
    path: "/",
    maxAge: 9,
    secure: true,
    httpOnly: false,
    sameSite: "lax",
  });
});

test("what set() writes, the reader reads", () => {
  const pair = overHttps.set("session", "abc=", 60).split(";")[0] ?? "";
  const cookies = createCookieReader("__Host-")(pair);
  expect(cookies.ok && cookies.value.session).toBe("abc=");
});
