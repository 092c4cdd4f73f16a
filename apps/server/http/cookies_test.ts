import { expect, test } from "bun:test";
import { type Cookies, createCookieReader } from "./cookies.ts";

const NONE = {
  access: undefined,
  refresh: undefined,
  session: undefined,
  csrf: undefined,
  browser: undefined,
  visit: undefined,
};

function read(header: string | null, prefix = ""): Cookies | string {
  const cookies = createCookieReader(prefix)(header);
  return cookies.ok ? cookies.value : cookies.error.code;
}

test("createCookieReader() finds each of ours among others", () => {
  const header =
    "theme=dark; access_token=a.b.c; refresh_token=d; x=; sessionid=e; csrftoken=f; browser=g; y";
  expect(read(header)).toEqual({
    ...NONE,
    access: "a.b.c",
    refresh: "d",
    session: "e",
    csrf: "f",
    browser: "g",
  });
});

test("createCookieReader() finds nothing in nothing", () => {
  for (const header of [null, "", ";", "; ;;", "=", "==", "a", "a;b", " ", "=sessionid"]) {
    expect(read(header)).toEqual(NONE);
  }
});

test("createCookieReader() takes a value as it stands (JSON and percent decoding)", () => {
  expect(read('sessionid={"a":1}')).toEqual({ ...NONE, session: '{"a":1}' });
  expect(read("sessionid=%41%zz")).toEqual({ ...NONE, session: "%41%zz" });
  expect(read("sessionid=true")).toEqual({ ...NONE, session: "true" });
  expect(read("sessionid=a=b==")).toEqual({ ...NONE, session: "a=b==" });
  expect(read("sessionid= a ;b=c")).toEqual({ ...NONE, session: " a " });
  expect(read("sessionid=")).toEqual({ ...NONE, session: "" });
  expect(read("sessionid=\u00e9")).toEqual({ ...NONE, session: "\u00e9" });
});

test("createCookieReader() refuses one of ours twice, equal or not (cookie tossing)", () => {
  for (const name of ["access_token", "refresh_token", "sessionid", "csrftoken", "browser"]) {
    expect(read(`${name}=a; ${name}=b`)).toBe("duplicate_cookie");
    expect(read(`${name}=a; ${name}=a`)).toBe("duplicate_cookie");
    expect(read(`${name}=; ${name}=a`)).toBe("duplicate_cookie");
    expect(read(`${name}=;${name}=`)).toBe("duplicate_cookie");
    expect(read(`x=1;${name}=a;y=2;\t${name}=b;z`)).toBe("duplicate_cookie");
    expect(read(`__Host-${name}=a; __Host-${name}=b`, "__Host-")).toBe("duplicate_cookie");
  }
  expect(read("theme=a; theme=b")).toEqual(NONE);
});

test("createCookieReader() ignores bare names under a prefix (a cookie planted over http)", () => {
  expect(read("sessionid=planted", "__Host-")).toEqual(NONE);
  expect(read("sessionid=planted; sessionid=again", "__Host-")).toEqual(NONE);
  expect(read("sessionid=planted; __Host-sessionid=ours", "__Host-")).toEqual({
    ...NONE,
    session: "ours",
  });
  expect(read("__Secure-sessionid=planted", "__Host-")).toEqual(NONE);
  expect(read("__Host-sessionid=x", "")).toEqual(NONE);
});

test("createCookieReader() wants the exact name", () => {
  for (const name of [
    "SessionId",
    "sessionid ",
    "sessionidx",
    "xsessionid",
    "session",
    '"sessionid"',
  ]) {
    expect(read(`${name}=x`)).toEqual(NONE);
  }
  expect(read("__host-sessionid=x", "__Host-")).toEqual(NONE);
});

test("createCookieReader() lets no quote span a semicolon (cookie sandwich)", () => {
  expect(read('a="x; sessionid=b; c=y"')).toEqual({ ...NONE, session: "b" });
  expect(read('$Version=1; sessionid="a; csrftoken=b"')).toEqual({
    ...NONE,
    session: '"a',
    csrf: 'b"',
  });
});

test("createCookieReader() does not take the value of one pair for that of another", () => {
  expect(read("sessionid; theme=x")).toEqual(NONE);
  expect(read("theme; sessionid=x")).toEqual({ ...NONE, session: "x" });
  expect(read("sessionid;=x; csrftoken=y")).toEqual({ ...NONE, csrf: "y" });
});

test("createCookieReader() reads a hostile header in time in line with its length (quadratic scan)", () => {
  const reader = createCookieReader("");
  for (const header of [
    ";a".repeat(500_000),
    `${";a".repeat(500_000)}=`,
    "=;".repeat(500_000),
    " ".repeat(1_000_000),
  ]) {
    const startedAt = performance.now();
    expect(reader(header).ok).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  }
});
