import { describe, expect, test } from "bun:test";
import type { LogLevel } from "../log_port.ts";
import { createLog } from "./log.ts";

function logAt(level: LogLevel, isDevelopment = false) {
  const lines: string[] = [];
  const sink = { write: (line: string) => void lines.push(line), flush: () => Promise.resolve() };
  const log = createLog({ level, isDevelopment, sink });
  return { log, lines };
}

function lineOf(fields: Readonly<Record<string, unknown>>, message = "said") {
  const { log, lines } = logAt("debug");
  log.info(message, fields);
  expect(lines).toHaveLength(1);
  const line = lines[0] ?? "";
  expect(line.indexOf("\n")).toBe(line.length - 1);
  return { line, values: JSON.parse(line) as Record<string, unknown> };
}

test("a line is one flat JSON object with level, time and message", () => {
  const { line, values } = lineOf(
    { url: "http://127.0.0.1:8000", public_url: "https://id.example.com" },
    "listening",
  );
  expect(line).toStartWith('{"level":"info","at":"');
  expect(values).toEqual({
    level: "info",
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    msg: "listening",
    url: "http://127.0.0.1:8000",
    public_url: "https://id.example.com",
  });
});

test.each([
  ["debug", ["debug", "info", "warn", "error"]],
  ["info", ["info", "warn", "error"]],
  ["warn", ["warn", "error"]],
  ["error", ["error"]],
] as const)(
  "a log of level %s says what is of its level and above, in our words",
  (level, said) => {
    const { log, lines } = logAt(level);
    for (const each of ["debug", "info", "warn", "error"] as const) {
      log[each]("said", { from: each });
      expect(log.writes(each)).toBe(said.some((one) => one === each));
    }
    expect(lines.map((line) => JSON.parse(line).level)).toEqual([...said]);
    expect(lines.map((line) => JSON.parse(line).from)).toEqual([...said]);
  },
);

test("two logs do not hear each other, and a closed one is silent", async () => {
  const [one, two] = [logAt("info"), logAt("info")];
  one.log.info("first");
  expect([one.lines.length, two.lines.length]).toEqual([1, 0]);
  await one.log.close();
  one.log.info("after");
  two.log.info("second");
  expect([one.lines.length, two.lines.length]).toEqual([1, 1]);
});

describe("names whose values are left out", () => {
  const secret = "hunter2";
  test.each([
    "password",
    "new_password",
    "currentPassword",
    "passwd",
    "passphrase",
    "token",
    "tokens",
    "access_token",
    "refreshToken",
    "csrfToken",
    "csrftoken",
    "X-CSRFToken",
    "secret",
    "client_secret",
    "SECRET_KEY",
    "authorization",
    "Authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "Cookie",
    "sessionid",
    "__Host-sessionid",
    "code",
    "Code",
    "totp_code",
    "recoveryCodes",
    "ticket",
    "ws_ticket",
    "key",
    "keys",
    "api_key",
    "apiKey",
    "API_KEY",
    "hash",
    "password_hash",
    "keyHash",
    "token_hash",
    "hashes",
    "otp",
    "jwt",
    "privateKey",
    "pin",
    "seed",
    "salt",
    "credentials",
    "code_verifier",
    "sealed",
    "signature",
  ])("%s", (name) => {
    expect(lineOf({ [name]: secret }).values[name]).toBe("[redacted]");
    expect(lineOf({ a: { b: [{ [name]: secret }] } }).line).not.toContain(secret);
    expect(lineOf({ [name]: { inner: secret } }).line).not.toContain(secret);
    expect(lineOf({ [name]: [123_456] }).line).not.toContain("123456");
    expect(lineOf({ [name]: 123_456 }).line).not.toContain("123456");
  });

  test.each([
    "key_id",
    "keyId",
    "kid",
    "error_code",
    "errorCode",
    "status_code",
    "exit_code",
    "close_code",
    "state",
    "sid",
    "session_id",
    "request_id",
    "username",
    "email",
    "keyboard",
    "monkey",
    "decoded",
    "hashing",
    "barcoded",
    "hash_ms",
    "token_count",
    "user_agent",
    "ip",
    "opinion",
  ])("but not those of %s", (name) => {
    expect(lineOf({ [name]: "legible" }).values[name]).toBe("legible");
  });

  test("nothing at all, and yes or no, are no secrets", () => {
    expect(
      lineOf({ password: null, token: "", cookie: false, code: undefined }).values,
    ).toMatchObject({ password: null, token: "", cookie: false });
  });
});

describe("forms of values that are left out under any name", () => {
  const random27 = "kT3x-9Qz_Lw7Rb2Vn8Yc4Hd6Mf1";
  test.each([
    [
      "a JWT",
      "got eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl here",
      ["eyJhbGci", "c2lnbmF0dXJl"],
    ],
    ["an API key", "key pk_live_abcd1234 used", ["abcd1234"]],
    ["a ticket in a URL", "GET /ws/chat/1?ticket=short1&x=1", ["short1"]],
    ["an access token in a URL", "/ws/chat/1?token=short2", ["short2"]],
    ["a prefixed name in a URL", "/x?access_token=short3", ["short3"]],
    ["an OAuth answer", "/accounts/google/login/callback?code=abc4&state=def4", ["abc4", "def4"]],
    [
      "an escaped URL in a URL",
      "/login?next=%2Fcallback%3Fcode%3Dabc5%26state%3Ddef5",
      ["abc5", "def5"],
    ],
    ["a fragment", "https://id.example.com/verify-email#abc6", ["abc6"]],
    ["a fragment with a name", "/reset-password#token=abc7", ["abc7"]],
    [
      "a user and password in a URL",
      "cannot reach smtp://ana:abc8@mail.example.com:25",
      ["ana", "abc8"],
    ],
    ["a Bearer header", "authorization: bearer abc9", ["abc9"]],
    ["a Basic header", "Basic dXNlcjpwYXNz", ["dXNlcjpwYXNz"]],
    ["a DPoP header", "DPoP abc10", ["abc10"]],
    ["a cookie header", "sessionid=abc11; csrftoken=def11; theme=dark", ["abc11", "def11"]],
    ["JSON in a text", 'body {"password": "a\\"bc12", "x":1}', ["bc12"]],
    [
      "an argon2 hash",
      "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
      ["c2FsdA", "aGFzaA", "m=19456"],
    ],
    ["a bcrypt hash", "$2b$12$abcdefghijklmnopqrstuv", ["abcdefghijk"]],
    ["a Django pbkdf2 hash", "pbkdf2_sha256$600000$salt13$hash13=", ["salt13", "hash13"]],
    [
      "a Django argon2 hash",
      "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA",
      ["c2FsdA", "aGFzaA"],
    ],
    ["a Django bcrypt hash", "bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuv", ["abcdefghijk"]],
    ["a Django scrypt hash", "scrypt$16384$salt14$8$1$hash14", ["salt14", "hash14"]],
    ["160 random bits in base64url", `id ${random27}.`, [random27]],
    ["256 random bits in hexadecimal", `id ${"0123456789abcdef".repeat(4)}`, ["0123456789abcdef"]],
    ["a sealed text", `v1.k1.AAAAAAAAAAAAAAAA.${random27}`, [random27]],
    ["a secret in lower case without separators", "q".repeat(40), ["qqqq"]],
  ] as const)("%s", (_name, text, secrets) => {
    for (const { line } of [
      lineOf({ note: text }),
      lineOf({}, text),
      lineOf({ a: [{ b: text }] }),
    ]) {
      for (const secret of secrets) expect(line).not.toContain(secret);
      expect(line).toContain("[redacted]");
    }
  });

  test.each([
    "0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b",
    "/api/v1/auth/sessions/0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b",
    "http://127.0.0.1:8000",
    "https://id.example.com/accounts/google/login/callback",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "2026-11-24T04:41:00.000Z",
    "2001:db8:1234:5678:9abc:def0:1234:5678",
    "SQLITE_CONSTRAINT_PRIMARYKEY_OF_THE_TABLE",
    "postern_http_request_duration_seconds",
    "invalid_grant: the server said no",
    "ana.lopez@example.com",
    "exit status 1",
  ])("but not %s", (text) => {
    expect(lineOf({ note: text }, text).values).toMatchObject({ note: text, msg: text });
  });
});

describe("errors", () => {
  test("tell their class, message, code and causes, without secrets and stacks", () => {
    const cause = Object.assign(new TypeError("no token=abc1"), { code: "ERR_X" });
    const { values, line } = lineOf({
      error: new RangeError("Cannot send: Bearer abc2", { cause }),
    });
    expect(values["error"]).toEqual({
      class: "RangeError",
      message: "Cannot send: Bearer [redacted]",
      cause: { class: "TypeError", message: "no token=[redacted]", error_code: "ERR_X" },
    });
    expect(line).not.toContain("log_test.ts");
  });

  test("show a stack at level debug in development only", () => {
    for (const [level, isDevelopment, shown] of [
      ["debug", true, true],
      ["debug", false, false],
      ["info", true, false],
    ] as const) {
      const { log, lines } = logAt(level, isDevelopment);
      log.error("failed", { error: new Error("x") });
      expect(lines[0]?.includes("log_test.ts")).toBe(shown);
      expect(lines[0]?.indexOf("\n")).toBe((lines[0]?.length ?? 0) - 1);
    }
  });

  test("that cause themselves end", () => {
    const error = new Error("round");
    error.cause = error;
    expect(lineOf({ error }).values["error"]).toMatchObject({ cause: "[circular]" });
  });

  test("of many tell each", () => {
    const error = new AggregateError([new Error("one"), new Error("two")], "both");
    expect(lineOf({ error }).values["error"]).toMatchObject({
      errors: [{ message: "one" }, { message: "two" }],
    });
  });
});

describe("whatever is said is one line that parses", () => {
  const circular: Record<string, unknown> = { name: "a" };
  circular["self"] = circular;
  const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`) as object;
  const throwing = {
    get bad(): string {
      throw new Error("no");
    },
  };
  test.each([
    ["line ends", { note: "a\r\nb\u2028c\u0085d" }],
    ["control characters", { note: "\u0000\u001b[31mred\u007f\u009b2J" }],
    ["text that turns around", { note: "\u202eevil" }],
    ["lone surrogates", { note: "\ud800x" }],
    ["a circle", { circular }],
    ["depth", { deep }],
    ["a getter that throws", { throwing }],
    [
      "a proxy that throws",
      {
        proxy: new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error("no");
            },
          },
        ),
      },
    ],
    ["numbers that JSON lacks", { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: 10n }],
    [
      "things that are no data",
      { a: () => 1, b: Symbol("x"), c: new Map([["password", "p"]]), d: new Set([1]) },
    ],
    ["bytes", { a: new Uint8Array(3), b: new ArrayBuffer(4) }],
    ["dates", { a: new Date(0), b: new Date(Number.NaN) }],
    [
      "toJSON that throws",
      {
        a: {
          toJSON: () => {
            throw new Error("no");
          },
        },
      },
    ],
    ["a prototype", JSON.parse('{"__proto__":{"x":1},"constructor":1}')],
    ["placeholders", { a: 1 }],
    ["our own names", { level: "x", msg: "y", at: "z" }],
  ] as const)("%s", (_name, fields) => {
    const { line, values } = lineOf(fields as Record<string, unknown>, "said {a} {b.c} {*} {{");
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}](?!$)/u);
    expect(values).toMatchObject({ level: "info", msg: "said {a} {b.c} {*} {{" });
  });

  test("long texts and lists are cut", () => {
    const secret = "kT3x9QzLw7Rb2Vn8Yc4Hd6Mf1";
    const { line } = lineOf({
      text: `${"word ".repeat(1_637)}${secret}${secret}`,
      list: Array.from({ length: 10_000 }, (_, index) => index),
      object: Object.fromEntries(
        Array.from({ length: 10_000 }, (_, index) => [`n${index}`, index]),
      ),
    });
    expect(line.length).toBeLessThan(12_000);
    expect(line).not.toContain(secret.slice(0, 5));
  });

  test("a sink that throws does not throw at the caller", () => {
    const sink = {
      write: () => {
        throw new Error("full");
      },
      flush: () => Promise.resolve(),
    };
    const log = createLog({ level: "info", sink });
    expect(() => log.info("said")).not.toThrow();
  });
});
