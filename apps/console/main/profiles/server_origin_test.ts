import { expect, test } from "bun:test";
import { isFitAddress, readServerOrigin } from "./server_origin.ts";

test("readServerOrigin() reads what people type", () => {
  const typed: readonly (readonly [string, string])[] = [
    ["auth.example.com", "https://auth.example.com"],
    [" https://Auth.Example.com/ ", "https://auth.example.com"],
    ["https://auth.example.com:8443", "https://auth.example.com:8443"],
    ["http://localhost:8000", "http://localhost:8000"],
    ["http://127.0.0.1:8000/", "http://127.0.0.1:8000"],
    ["http://[::1]:8000", "http://[::1]:8000"],
  ];
  for (const [text, origin] of typed)
    expect([text, readServerOrigin(text)]).toEqual([text, origin]);
});

test("readServerOrigin() takes no http beyond this machine, and nothing but an origin", () => {
  for (const text of [
    "http://auth.example.com",
    "http://10.0.0.5:9000",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "https://a@auth.example.com",
    "https://auth.example.com/admin",
    "https://auth.example.com/?x=1",
    "https://auth.example.com/#x",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "",
    "https://",
  ]) {
    expect([text, readServerOrigin(text)]).toEqual([text, null]);
  }
});

test("isFitAddress() lets pages be opened, and no file or program", () => {
  expect(isFitAddress("https://auth.example.com/oauth/authorize?x=1")).toBe(true);
  expect(isFitAddress("http://localhost:8000/oauth/authorize")).toBe(true);
  for (const address of [
    "http://auth.example.com/oauth/authorize",
    "file:///usr/bin/xcalc",
    "smb://evil.example/share",
    "ms-settings:privacy",
    "https://user:password@auth.example.com/",
    "nonsense",
  ]) {
    expect([address, isFitAddress(address)]).toEqual([address, false]);
  }
});
