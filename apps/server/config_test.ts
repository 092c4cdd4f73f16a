import { expect, test } from "bun:test";
import { encodeBase64Url } from "@postern/std";
import { type Config, readConfig, settleConfig } from "./config.ts";

const KEY = encodeBase64Url(new Uint8Array(32).map((_, index) => index));

type Variables = Readonly<Record<string, string | undefined>>;

function read(env: Variables): Config {
  const config = readConfig(env);
  if (!config.ok) throw new Error(config.error.join("\n"));
  return config.value;
}

function problems(env: Variables): readonly string[] {
  const config = readConfig(env);
  return config.ok ? [] : config.error;
}

/** The variable that each problem names. */
function blamed(env: Variables): readonly string[] {
  return problems(env).map((problem) => problem.slice(0, problem.indexOf(":")));
}

const HTTPS = { PUBLIC_URL: "https://id.example.org", SECRET_KEY: KEY };

test("readConfig() of nothing gives the defaults of the contract", () => {
  expect(read({})).toEqual({
    host: "127.0.0.1",
    port: 8_000,
    publicUrl: "http://localhost:8000",
    isHttps: false,
    cookies: { prefix: "", domain: undefined, secure: false },
    allowedOrigins: ["http://localhost:8000", "http://localhost:3000", "http://127.0.0.1:3000"],
    allowedHosts: ["localhost", "127.0.0.1", "[::1]"],
    trustedProxies: [],
    database: { url: "file:./data/postern.db", authToken: undefined },
    redisUrl: undefined,
    secretKey: undefined,
    providers: [],
    smtpUrl: undefined,
    mailFrom: "postern@localhost",
    passwordMinLength: 12,
    signup: "verify",
    fixedSettings: new Set(),
    adminListen: undefined,
    logLevel: "info",
    isDevelopment: false,
  });
});

test("readConfig() takes an empty variable for an unset one", () => {
  const names = [
    "HOST",
    "PORT",
    "PUBLIC_URL",
    "DATABASE_URL",
    "DATABASE_AUTH_TOKEN",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_ORIGINS",
    "COOKIE_DOMAIN",
    "COOKIE_PREFIX",
    "ALLOWED_HOSTS",
    "TRUSTED_PROXIES",
    "GOOGLE_CLIENT_ID",
    "GOOGLE_CLIENT_SECRET",
    "GITHUB_CLIENT_ID",
    "GITHUB_CLIENT_SECRET",
    "GOOGLE_ISSUER",
    "GITHUB_URL",
    "OIDC_ACME_ISSUER",
    "OIDC_ACME_CLIENT_ID",
    "OIDC_ACME_CLIENT_SECRET",
    "OIDC_ACME_SCOPES",
    "SMTP_URL",
    "MAIL_FROM",
    "PASSWORD_MIN_LENGTH",
    "SIGNUP",
    "ADMIN_LISTEN",
    "LOG_LEVEL",
    "NODE_ENV",
  ];
  expect(read(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(read({}));
});

test("readConfig() tells all problems at once, each in one line that names its variable", () => {
  const env = {
    HOST: "a b",
    PORT: "80x",
    PUBLIC_URL: "ftp://x",
    DATABASE_URL: "postgres://db",
    REDIS_URL: "http://redis",
    SECRET_KEY: "short",
    ALLOWED_ORIGINS: "*",
    COOKIE_DOMAIN: "org",
    COOKIE_PREFIX: "a b",
    ALLOWED_HOSTS: "*",
    TRUSTED_PROXIES: "everyone",
    GOOGLE_CLIENT_ID: "id",
    GITHUB_CLIENT_SECRET: "secret",
    OIDC_ACME_SCOPES: "email",
    SMTP_URL: "mail.example.org",
    MAIL_FROM: "nobody",
    PASSWORD_MIN_LENGTH: "8",
    SIGNUP: "open",
    ADMIN_LISTEN: "8001",
    LOG_LEVEL: "verbose",
  };
  const expected = [
    ...Object.keys(env).filter((name) => !/^(?:GOOGLE|GITHUB|OIDC)/.test(name)),
    "GOOGLE_CLIENT_SECRET",
    "GITHUB_CLIENT_ID",
    "OIDC_ACME_ISSUER",
    "OIDC_ACME_CLIENT_ID",
    "OIDC_ACME_CLIENT_SECRET",
    "OIDC_ACME_SCOPES",
  ];
  expect([...blamed(env)].sort()).toEqual(expected.sort());
  for (const problem of problems(env)) {
    expect(problem).toMatch(/^[A-Z_]+: found .+; accepted: .+$/);
  }
});

test("readConfig() says what was found and what is accepted", () => {
  expect(problems({ PORT: "80x" })).toEqual([
    'PORT: found "80x"; accepted: a whole number from 0 to 65535',
  ]);
  expect(problems({ SIGNUP: "open" })).toEqual(['SIGNUP: found "open"; accepted: verify, closed']);
});

test.each([
  "-1",
  "65536",
  "80x",
  "0x50",
  "8e3",
  "80.0",
  " 80",
  "+80",
  "080",
  "١",
  "1".repeat(400),
  "NaN",
])("readConfig() refuses the port %p", (PORT) => {
  expect(blamed({ PORT })).toEqual(["PORT"]);
});

test("readConfig() takes the whole range of ports", () => {
  expect(read({ PORT: "1" }).publicUrl).toBe("http://localhost:1");
  expect(read({ PORT: "65535" }).port).toBe(65_535);
  expect(read({ PORT: "80" }).publicUrl).toBe("http://localhost");
});

test("readConfig() leaves open what browsers see while the port is open, and settleConfig() fills it in", () => {
  const config = read({ PORT: "0" });
  expect(config.publicUrl).toBeUndefined();
  expect(config.allowedOrigins).toEqual(["http://localhost:3000", "http://127.0.0.1:3000"]);
  expect(config.allowedHosts).toEqual(["localhost", "127.0.0.1", "[::1]"]);
  const settled = settleConfig(config, 49_152);
  expect(settled.publicUrl).toBe("http://localhost:49152");
  expect(settled.port).toBe(49_152);
  expect(settled.allowedOrigins[0]).toBe("http://localhost:49152");
});

test("settleConfig() leaves a PUBLIC_URL that was given as it is", () => {
  const settled = settleConfig(read({ ...HTTPS, PORT: "0" }), 49_152);
  expect(settled.publicUrl).toBe("https://id.example.org");
  expect(settled.port).toBe(49_152);
  expect(settled.allowedOrigins).toEqual(read(HTTPS).allowedOrigins);
});

test.each([
  ["https://id.example.org", "https://id.example.org"],
  ["https://id.example.org/", "https://id.example.org"],
  ["HTTPS://ID.Example.ORG:443", "https://id.example.org"],
  ["https://id.example.org:8443", "https://id.example.org:8443"],
  ["http://localhost:80", "http://localhost"],
  ["http://[0:0::1]:8000", "http://[::1]:8000"],
  ["https://bücher.example", "https://xn--bcher-kva.example"],
  ["http://id:8000", "http://id:8000"],
])("readConfig() takes the PUBLIC_URL %p for %p", (PUBLIC_URL, publicUrl) => {
  expect(read({ PUBLIC_URL, SECRET_KEY: KEY }).publicUrl).toBe(publicUrl);
});

test.each([
  "id.example.org",
  "//id.example.org",
  "https:id.example.org",
  "https://",
  "https:///",
  "https://id.example.org/auth",
  "https://id.example.org//",
  "https://id.example.org/?a",
  "https://id.example.org?",
  "https://id.example.org#",
  "https://user:pass@id.example.org",
  "https://id.example.org\\x",
  "https://id.example.org ",
  "https://id.example.org.",
  "https://*.example.org",
  "https://id.example.org:0",
  "https://id.example.org:99999",
  "wss://id.example.org",
  "file:///id",
  "javascript:alert(1)",
  "https://id.example.org,https://b.example.org",
  "https://-id.example.org",
])("readConfig() refuses the PUBLIC_URL %p", (PUBLIC_URL) => {
  expect(blamed({ PUBLIC_URL, SECRET_KEY: KEY })).toEqual(["PUBLIC_URL"]);
});

test("readConfig() refuses a PUBLIC_URL that Elysia would misread (path confusion)", () => {
  expect(blamed({ PUBLIC_URL: "http://id" })).toEqual(["PUBLIC_URL"]);
  expect(blamed({ PUBLIC_URL: "http://abc:80" })).toEqual(["PUBLIC_URL"]);
  expect(blamed({ PUBLIC_URL: "http://abcd" })).toEqual([]);
});

test("readConfig() names the cookies as the contract says", () => {
  const parent = { ...HTTPS, COOKIE_DOMAIN: "example.org" };
  expect(read(HTTPS).cookies).toEqual({ prefix: "__Host-", domain: undefined, secure: true });
  expect(read(parent).cookies).toEqual({
    prefix: "__Secure-",
    domain: "example.org",
    secure: true,
  });
  expect(read({ ...HTTPS, COOKIE_PREFIX: "__Secure-" }).cookies.prefix).toBe("__Secure-");
  expect(read({ ...HTTPS, COOKIE_PREFIX: "gate_" }).cookies.prefix).toBe("gate_");
  expect(read({ COOKIE_PREFIX: "gate_" }).cookies).toEqual({
    prefix: "gate_",
    domain: undefined,
    secure: false,
  });
});

test("readConfig() refuses prefixes with which browsers would drop the cookies", () => {
  const parent = { ...HTTPS, COOKIE_DOMAIN: "example.org" };
  expect(blamed({ ...parent, COOKIE_PREFIX: "__Host-" })).toEqual(["COOKIE_PREFIX"]);
  expect(blamed({ COOKIE_PREFIX: "__Host-" })).toEqual(["COOKIE_PREFIX"]);
  expect(blamed({ COOKIE_PREFIX: "__Secure-" })).toEqual(["COOKIE_PREFIX"]);
  for (const prefix of [
    "__host-",
    "__HOST-x",
    "__Http-",
    "__Host-Http-",
    "a b",
    "a=b",
    "a;b",
    "é",
    "a".repeat(33),
  ]) {
    expect(blamed({ ...HTTPS, COOKIE_PREFIX: prefix })).toEqual(["COOKIE_PREFIX"]);
  }
});

test("readConfig() takes for COOKIE_DOMAIN only a parent of PUBLIC_URL's host (cookies for a stranger)", () => {
  for (const domain of ["example.org", ".example.org", "EXAMPLE.org", "id.example.org"]) {
    expect(blamed({ ...HTTPS, COOKIE_DOMAIN: domain })).toEqual([]);
  }
  expect(read({ ...HTTPS, COOKIE_DOMAIN: ".Example.ORG" }).cookies.domain).toBe("example.org");
  for (const domain of [
    "org",
    "ample.org",
    "evil.example",
    "x.id.example.org",
    "127.0.0.1",
    "[::1]",
    "a;b.org",
    "..example.org",
    "localhost",
  ]) {
    expect(blamed({ ...HTTPS, COOKIE_DOMAIN: domain })).toEqual(["COOKIE_DOMAIN"]);
  }
  expect(blamed({ COOKIE_DOMAIN: "example.org" })).toEqual(["COOKIE_DOMAIN"]);
  expect(blamed({ PORT: "0", COOKIE_DOMAIN: "example.org" })).toEqual(["COOKIE_DOMAIN"]);
});

test("readConfig() demands a root key on https, and not on http", () => {
  expect(problems({ PUBLIC_URL: HTTPS.PUBLIC_URL })).toEqual([
    expect.stringMatching(
      /^SECRET_KEY: found nothing, with an https: PUBLIC_URL; accepted: at least 32/,
    ),
  ]);
  expect(read({ PUBLIC_URL: "http://id.example.org" }).secretKey).toBeUndefined();
});

test("readConfig() decodes the root key", () => {
  expect(read(HTTPS).secretKey).toEqual(new Uint8Array(32).map((_, index) => index));
  const longer = encodeBase64Url(new Uint8Array(64).fill(7));
  expect(read({ SECRET_KEY: longer }).secretKey).toHaveLength(64);
});

test("readConfig() refuses other root keys without showing them (secret in a log)", () => {
  const plain = Buffer.alloc(32, 0xfb).toString("base64");
  for (const [SECRET_KEY, hint] of [
    [encodeBase64Url(new Uint8Array(31).fill(0xaa)), "31 bytes (not shown)"],
    [plain, "44 characters (not shown) that look like padded or plain base64"],
    [`${KEY}=`, "44 characters (not shown) that look like padded or plain base64"],
    [plain.replace("=", ""), "43 characters (not shown) that look like padded or plain base64"],
    [
      "correct horse battery staple, and more of it",
      "44 characters (not shown) that are not base64url",
    ],
    [` ${KEY}`, "44 characters (not shown) that are not base64url"],
  ] as const) {
    const [problem = ""] = problems({ SECRET_KEY });
    expect(problem).toStartWith(`SECRET_KEY: found ${hint}`);
    expect(problem).not.toContain(SECRET_KEY);
    expect(problem).not.toContain(SECRET_KEY.slice(0, 12));
  }
});

test("readConfig() takes the ends of the password range and nothing beyond", () => {
  expect(read({ PASSWORD_MIN_LENGTH: "12" }).passwordMinLength).toBe(12);
  expect(read({ PASSWORD_MIN_LENGTH: "64" }).passwordMinLength).toBe(64);
  for (const length of ["11", "65", "0", "-12", "12.5", "twelve"]) {
    expect(blamed({ PASSWORD_MIN_LENGTH: length })).toEqual(["PASSWORD_MIN_LENGTH"]);
  }
});

test("readConfig() takes words exactly", () => {
  expect(read({ SIGNUP: "closed", LOG_LEVEL: "debug" })).toMatchObject({
    signup: "closed",
    logLevel: "debug",
  });
  expect(blamed({ SIGNUP: "Closed" })).toEqual(["SIGNUP"]);
  expect(blamed({ LOG_LEVEL: "INFO" })).toEqual(["LOG_LEVEL"]);
});

test("readConfig() is in development only where it is told so", () => {
  expect(read({ NODE_ENV: "development" }).isDevelopment).toBe(true);
  for (const NODE_ENV of ["production", "test", "Development", "dev"]) {
    expect(read({ NODE_ENV }).isDevelopment).toBe(false);
  }
});

test("readConfig() tells which settings the environment fixes, and takes an empty one for unset", () => {
  const { fixedSettings } = read({ SIGNUP: "verify", PASSWORD_MIN_LENGTH: "" });
  expect([...fixedSettings]).toEqual(["SIGNUP"]);
});
