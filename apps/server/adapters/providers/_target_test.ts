import { expect, test } from "bun:test";
import { readTarget } from "./_target.ts";

test("readTarget() takes https to a name or a public address", () => {
  expect(readTarget("https://provider.example/keys?a=b", false)?.literal).toBeNull();
  expect(readTarget("https://8.8.8.8/", false)?.literal).toBe("8.8.8.8");
  expect(readTarget("https://[2001:4860:4860::8888]:8443/", false)?.literal).toBe(
    "2001:4860:4860::8888",
  );
});

test("readTarget() takes http on this machine where that is allowed", () => {
  for (const url of ["http://localhost:9000/", "http://127.0.0.1/", "http://[::1]:80/"]) {
    expect(readTarget(url, true)).toBeDefined();
    expect(readTarget(url, false)).toBeUndefined();
  }
  expect(readTarget("https://127.0.0.1/", true)).toBeDefined();
});

test("readTarget() refuses every spelling of this machine where that is not allowed (SSRF)", () => {
  const hosts = ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "[::1]"];
  for (const host of [...hosts, "[::ffff:127.0.0.1]", "0", "127.0.0.1.", "①②⑦.0.0.1"]) {
    expect(`${host} ${readTarget(`https://${host}/`, false)?.url.href}`).toBe(`${host} undefined`);
  }
});

test("readTarget() refuses private addresses, plain http elsewhere, users, fragments and other schemes", () => {
  const urls = [
    ...["https://10.0.0.1/", "https://169.254.169.254/", "https://[fd00::1]/", "http://10.0.0.1/"],
    ...[
      "http://provider.example/",
      "http://localhost.evil.example/",
      "http://127.0.0.1.evil.example",
    ],
    ...["https://user@provider.example/", "https://a:b@provider.example/", "https://a.example/#x"],
    ...["ftp://a.example/", "file:///etc/passwd", "data:,x", "//a.example/", "a.example", ""],
  ];
  for (const url of urls) {
    expect(`${url} ${readTarget(url, true) === undefined}`).toBe(`${url} true`);
  }
});
