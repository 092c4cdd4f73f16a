import { expect, test } from "bun:test";
import { epochMs } from "@postern/std";
import { createBlockedAddresses } from "./blocked_addresses.ts";

function open() {
  const time = { now: epochMs(1_000) };
  return { time, blocked: createBlockedAddresses({ now: () => time.now }) };
}

function from(ip: string) {
  return { caller: { ip, limitKey: ip, isHttps: false } };
}

function block(cidr: string, until: number | null = null) {
  const end = until === null ? null : epochMs(until);
  return { cidr, reason: null, createdAt: epochMs(1), until: end };
}

test("holds() asks for no address while nothing is blocked", () => {
  const { blocked } = open();
  const context = {
    get caller(): never {
      throw new Error("The caller was looked up");
    },
  };
  expect(blocked.holds(context)).toBe(false);
  blocked.replace([block("203.0.113.7/32")]);
  expect(() => blocked.holds(context)).toThrow();
  blocked.replace([]);
  expect(blocked.holds(context)).toBe(false);
});

test("holds() follows what is replaced on the next request, whatever it remembers", () => {
  const { blocked } = open();
  blocked.replace([block("198.51.100.0/24")]);
  expect(blocked.holds(from("203.0.113.7"))).toBe(false);
  expect(blocked.holds(from("198.51.100.7"))).toBe(true);
  blocked.replace([block("203.0.113.7/32")]);
  expect(blocked.holds(from("203.0.113.7"))).toBe(true);
  expect(blocked.holds(from("198.51.100.7"))).toBe(false);
});

test("holds() is false exactly at the end of a block, also of one that it remembers", () => {
  const { blocked, time } = open();
  blocked.replace([block("203.0.113.7/32", 2_000)]);
  time.now = epochMs(1_999);
  expect(blocked.holds(from("203.0.113.7"))).toBe(true);
  time.now = epochMs(2_000);
  expect(blocked.holds(from("203.0.113.7"))).toBe(false);
});

test("holds() knows nothing of a caller without an address", () => {
  const { blocked } = open();
  blocked.replace([block("0.0.0.0/8")]);
  expect(blocked.holds(from("unknown"))).toBe(false);
});
