import { expect, test } from "bun:test";
import { encodeBase64Url } from "@postern/std";
import { type Config, readConfig } from "../config.ts";
import { cidrText } from "../http/cidr.ts";

type Variables = Readonly<Record<string, string | undefined>>;

const HTTPS = {
  PUBLIC_URL: "https://id.example.org",
  SECRET_KEY: encodeBase64Url(new Uint8Array(32).fill(7)),
};

function read(env: Variables): Config {
  const config = readConfig(env);
  if (!config.ok) throw new Error(config.error.join("\n"));
  return config.value;
}

/** The variable that each problem names. */
function blamed(env: Variables): readonly string[] {
  const config = readConfig(env);
  return config.ok ? [] : config.error.map((problem) => problem.slice(0, problem.indexOf(":")));
}

test("readConfig() makes origins canonical, and PUBLIC_URL's own is the first", () => {
  const ALLOWED_ORIGINS =
    " https://App.Example.org:443 ,http://localhost:3000,,https://app.example.org";
  expect(read({ ...HTTPS, ALLOWED_ORIGINS }).allowedOrigins).toEqual([
    "https://id.example.org",
    "https://app.example.org",
    "http://localhost:3000",
  ]);
  expect(read({ ...HTTPS, ALLOWED_ORIGINS: "," }).allowedOrigins).toEqual([
    "https://id.example.org",
  ]);
});

test.each([
  "*",
  "null",
  "app.example.org",
  "localhost:3000",
  "https://*.example.org",
  "https://app.example.org/",
  "https://app.example.org/path",
  "https://user@app.example.org",
  "ftp://app.example.org",
  "chrome-extension://abcdef",
  "file://",
  "https://",
  "https://app.example.org https://b.example.org",
  "/^https:/",
])("readConfig() refuses the origin %p (any site may call with credentials)", (origin) => {
  expect(blamed({ ALLOWED_ORIGINS: `http://localhost:3000,${origin}` })).toEqual([
    "ALLOWED_ORIGINS",
  ]);
});

test("readConfig() takes hosts without port, in one form", () => {
  expect(read(HTTPS).allowedHosts).toEqual(["id.example.org", "localhost", "127.0.0.1", "[::1]"]);
  const ALLOWED_HOSTS = "ID.example.org, 10.0.0.1 ,[0:0::1],my_service,id.example.org";
  expect(read({ ALLOWED_HOSTS }).allowedHosts).toEqual([
    "id.example.org",
    "10.0.0.1",
    "[::1]",
    "my_service",
  ]);
});

test.each([
  "*",
  "*.example.org",
  ".example.org",
  "a:8000",
  "::1",
  "[::1]:80",
  "https://a",
  "a/b",
  "a@b",
  "a b",
  "a.",
  "1.2.3",
  "0x7f.1",
  "999.1.1.1",
  "é.example",
])("readConfig() refuses the host %p", (host) => {
  expect(blamed({ ALLOWED_HOSTS: host })).toEqual(["ALLOWED_HOSTS"]);
});

test("readConfig() parses the trusted proxies", () => {
  const { trustedProxies } = read({ TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.1,2001:db8::/32" });
  expect(trustedProxies.map(cidrText)).toEqual(["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32"]);
  for (const cidr of ["*", "10.0.0.0/33", "10.0.0.1/8", "10.0.0", "localhost", "10.0.0.0/8;::/0"]) {
    expect(blamed({ TRUSTED_PROXIES: cidr })).toEqual(["TRUSTED_PROXIES"]);
  }
});
