import { expect, test } from "bun:test";
import { cidrText, isInCidr, parseCidr } from "./cidr.ts";
import { parseIpAddress } from "./ip_address.ts";

function isIn(addressText: string, text: string): boolean {
  const address = parseIpAddress(addressText);
  const cidr = parseCidr(text);
  if (address === undefined || cidr === undefined) throw new TypeError(`Cannot parse ${text}`);
  return isInCidr(address, cidr);
}

test("isInCidr() holds for the first and the last address and for none beside", () => {
  expect(isIn("10.0.0.0", "10.0.0.0/8")).toBe(true);
  expect(isIn("10.255.255.255", "10.0.0.0/8")).toBe(true);
  expect(isIn("11.0.0.0", "10.0.0.0/8")).toBe(false);
  expect(isIn("9.255.255.255", "10.0.0.0/8")).toBe(false);
  expect(isIn("192.0.2.127", "192.0.2.0/25")).toBe(true);
  expect(isIn("192.0.2.128", "192.0.2.0/25")).toBe(false);
  expect(isIn("2001:db8::1", "2001:db8::/32")).toBe(true);
  expect(isIn("2001:db9::1", "2001:db8::/32")).toBe(false);
});

test("isInCidr() keeps the families apart", () => {
  expect(isIn("10.0.0.1", "::/0")).toBe(false);
  expect(isIn("::1", "0.0.0.0/0")).toBe(false);
  expect(isIn("8.8.8.8", "0.0.0.0/0")).toBe(true);
});

test("isInCidr() finds a mapped address in an IPv4 range, and the other way round", () => {
  expect(isIn("::ffff:10.1.2.3", "10.0.0.0/8")).toBe(true);
  expect(isIn("10.1.2.3", "::ffff:10.0.0.0/104")).toBe(true);
  expect(isIn("11.1.2.3", "::ffff:10.0.0.0/104")).toBe(false);
});

test("parseCidr() takes an address alone for just that one", () => {
  expect(isIn("192.0.2.1", "192.0.2.1")).toBe(true);
  expect(isIn("192.0.2.2", "192.0.2.1")).toBe(false);
  expect(isIn("::1", "::1")).toBe(true);
  expect(isIn("::2", "::1")).toBe(false);
});

test("cidrText() writes the canonical form", () => {
  const written = ["::ffff:10.0.0.0/104", "2001:DB8::/32", "::1"].map((text) => {
    const cidr = parseCidr(text);
    return cidr === undefined ? undefined : cidrText(cidr);
  });
  expect(written).toEqual(["10.0.0.0/8", "2001:db8::/32", "::1/128"]);
});

test.each([
  "",
  "/",
  "10.0.0.0/",
  "/8",
  "10.0.0.0/33",
  "::/129",
  "10.0.0.0/08",
  "10.0.0.0/-1",
  "10.0.0.0/8.0",
  "10.0.0.0/8 ",
  "10.0.0.0/0x8",
  "10.0.0.0/8/8",
  "10.0.0.0/255.0.0.0",
  "10/8",
  "*",
  "localhost",
  "::ffff:10.0.0.0/8",
])("parseCidr() refuses %p", (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test.each(["10.0.0.5/8", "192.0.2.129/25", "2001:db8::1/32", "0.0.0.1/0"])(
  "parseCidr() refuses %p, which may mean one host (trusting a whole network by mistake)",
  (text) => {
    expect(parseCidr(text)).toBeUndefined();
  },
);
