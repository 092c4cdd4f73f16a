import { expect, test } from "bun:test";
import { ipAddressText, limitKeyOf, parseIpAddress } from "./ip_address.ts";

function canonical(text: string): string | undefined {
  const address = parseIpAddress(text);
  return address === undefined ? undefined : ipAddressText(address);
}

test("parseIpAddress() brings each address into one form", () => {
  expect(canonical("192.0.2.1")).toBe("192.0.2.1");
  expect(canonical("0.0.0.0")).toBe("0.0.0.0");
  expect(canonical("2001:DB8:0:0:0:0:0:1")).toBe("2001:db8::1");
  expect(canonical("::")).toBe("::");
  expect(canonical("64:ff9b::192.0.2.33")).toBe("64:ff9b::c000:221");
});

test("parseIpAddress() takes an IPv4-mapped address for the IPv4 one (one caller, two names)", () => {
  expect(canonical("::ffff:192.0.2.1")).toBe("192.0.2.1");
  expect(canonical("::FFFF:c000:0201")).toBe("192.0.2.1");
  expect(canonical("0:0:0:0:0:ffff:192.0.2.1")).toBe("192.0.2.1");
});

test.each([
  "",
  " ",
  "1.2.3",
  "1.2.3.4.5",
  "1.2.3.256",
  "1.2.3.04",
  "0x7f.0.0.1",
  "017700000001",
  "2130706433",
  "127.1",
  "1.2.3.4 ",
  "1.2.3.4/8",
  "::ffff:010.0.0.1",
  "::ffff:0x7f.0.0.1",
  "::192.0.2.1",
  "fe80::1%eth0",
  "::1%",
  "[::1]",
  "1::2::3",
  "1:2:3:4:5:6:7:8:9",
  "12345::",
  ":::",
  "1:2",
  "localhost",
  "unknown",
  "１.2.3.4",
  `::${"0".repeat(100)}1`,
])("parseIpAddress() refuses %p (another reading of the same address)", (text) => {
  expect(parseIpAddress(text)).toBeUndefined();
});

test("parseIpAddress() is done with a long hostile text at once (backtracking)", () => {
  const startedAt = performance.now();
  expect(parseIpAddress(`${"1:".repeat(100_000)}!`)).toBeUndefined();
  expect(parseIpAddress("::".repeat(22))).toBeUndefined();
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test("limitKeyOf() counts an IPv6 caller as its /64 (one subscriber, 2^64 addresses)", () => {
  function keyOf(text: string): string {
    const address = parseIpAddress(text);
    if (address === undefined) throw new TypeError(`Cannot parse ${text}`);
    return limitKeyOf(address);
  }
  expect(keyOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(keyOf("2001:db8:1:2:ffff:ffff:ffff:ffff")).toBe("2001:db8:1:2::/64");
  expect(keyOf("2001:db8:1:3::1")).toBe("2001:db8:1:3::/64");
  expect(keyOf("::1")).toBe("::/64");
  expect(keyOf("192.0.2.1")).toBe("192.0.2.1");
  expect(keyOf("::ffff:192.0.2.1")).toBe("192.0.2.1");
});
