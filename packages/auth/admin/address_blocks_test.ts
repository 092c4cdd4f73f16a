import { expect, test } from "bun:test";
import { epochMs } from "@postern/std";
import { compileBlocks } from "./address_blocks.ts";

function block(cidr: string, until: number | null = null) {
  const end = until === null ? null : epochMs(until);
  return { cidr, reason: null, createdAt: epochMs(1), until: end };
}

const FOREVER = Number.POSITIVE_INFINITY;

test("compileBlocks() finds an address by every prefix length, and nothing beside it", () => {
  const endOf = compileBlocks([
    block("203.0.113.7/32"),
    block("198.51.100.0/24", 500),
    block("2001:db8:0:1::/64", 700),
  ]);
  expect(endOf("203.0.113.7")).toBe(FOREVER);
  expect(endOf("203.0.113.8")).toBe(0);
  expect(endOf("198.51.100.255")).toBe(500);
  expect(endOf("198.51.101.0")).toBe(0);
  expect(endOf("2001:db8:0:1:ffff::1")).toBe(700);
  expect(endOf("2001:db8:0:2::1")).toBe(0);
  expect(endOf("unknown")).toBe(0);
});

test("compileBlocks() meets an IPv4 caller in its mapped spelling (block evasion)", () => {
  const endOf = compileBlocks([block("203.0.113.0/24", 9)]);
  expect(endOf("::ffff:203.0.113.7")).toBe(9);
  expect(endOf("::ffff:cb00:7107")).toBe(9);
});

test("compileBlocks() gives the latest end of all blocks that hold an address", () => {
  const endOf = compileBlocks([block("10.0.0.0/8", 100), block("10.1.0.0/16", 50)]);
  expect(endOf("10.1.2.3")).toBe(100);
  const without = compileBlocks([block("10.0.0.0/8", 100), block("10.1.0.0/16")]);
  expect(without("10.1.2.3")).toBe(FOREVER);
});
