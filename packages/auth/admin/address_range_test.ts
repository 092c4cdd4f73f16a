import { expect, test } from "bun:test";
import { addressBits, isInRange, parseRange, rangeText, readRange } from "./address_range.ts";

function canonical(text: string): string | undefined {
  const range = parseRange(text);
  return range === undefined ? undefined : rangeText(range);
}

test("rangeText() writes each range in one form", () => {
  const cases = [
    ["203.0.113.7", "203.0.113.7/32"],
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1/128"],
    ["2001:db8:0:1::/64", "2001:db8:0:1::/64"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1/128"],
    ["2001:db8:1:1:1:1:0:1", "2001:db8:1:1:1:1:0:1/128"],
    ["::/0", "::/0"],
    ["::1", "::1/128"],
    ["1::", "1::/128"],
  ];
  for (const [text = "", expected] of cases) expect(canonical(text)).toBe(expected);
});

test("an IPv4-mapped address or range is the IPv4 one that it stands for", () => {
  expect(canonical("::ffff:192.0.2.1")).toBe("192.0.2.1/32");
  expect(canonical("::FFFF:c000:201")).toBe("192.0.2.1/32");
  expect(canonical("::ffff:192.0.2.0/120")).toBe("192.0.2.0/24");
  expect(canonical("::ffff:0:0/96")).toBe("0.0.0.0/0");
  expect(canonical("::/90")).toBe("::/90");
});

test("parseRange() refuses what is no range, and bits beyond a prefix", () => {
  const wrong = [
    "",
    "x",
    "1.2.3",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.4/33",
    "1.2.3.4/",
    "1.2.3.4/8/8",
  ];
  const wrongV6 = ["::1/129", ":::", "1::2::3", "fe80::1%eth0", "::ffff:1.2.3", "1.2.3.4::", "g::"];
  for (const text of [...wrong, ...wrongV6])
    expect([text, readRange(text)]).toEqual([text, undefined]);
  for (const text of ["10.0.0.5/8", "2001:db8::1/64", "::ffff:10.0.0.1/104"]) {
    expect(parseRange(text)).toBeUndefined();
    expect(readRange(text)).toBeDefined();
  }
});

test("isInRange() compares bits, within one family", () => {
  const range = parseRange("203.0.112.0/23");
  if (range === undefined) throw new Error("No range");
  expect(isInRange("203.0.113.255", range)).toBe(true);
  expect(isInRange("::ffff:203.0.113.255", range)).toBe(true);
  expect(isInRange("203.0.114.0", range)).toBe(false);
  expect(isInRange("cb00:7000::", range)).toBe(false);
  expect(isInRange("unknown", range)).toBe(false);
  expect(isInRange(null, range)).toBe(false);
  expect(addressBits("10.0.0.0/8")).toBeUndefined();
});
