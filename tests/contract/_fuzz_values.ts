/**
 * Values that nobody expects, from a seed: the same ones in every run.
 *
 * @module
 */

import type { JsonSchema } from "../support/api_description.ts";

/** Draws from a seeded sequence. */
export interface Dice {
  /** A whole number from 0 on, below `sides`. */
  roll(sides: number): number;
  /** True once in so many times. */
  once(inTimes: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** Makes a sequence. Mulberry32, of public domain. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const roll = (sides: number): number => Math.floor(next() * sides);
  return {
    roll,
    once: (inTimes) => roll(inTimes) === 0,
    pick: (from) => {
      const found = from[roll(from.length)];
      if (found === undefined) throw new RangeError("Cannot pick from nothing");
      return found;
    },
  };
}

/** Texts that have broken parsers, databases, terminals and pages. */
const HOSTILE_TEXTS = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "\ufeff",
  "\u202Eabc\u202C",
  "\u200b\u200d\ufe0f",
  "e\u0301".repeat(50),
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}".repeat(20),
  "\u0130\u0131\u017f\u212a\ufb01",
  "\r\nSet-Cookie: x=1\r\n\r\n",
  "';DROP TABLE users;--",
  '" OR ""="',
  "%00%0a%0d%25",
  "{{7*7}}<%= 7*7 %>#{7*7}",
  "<script>alert(1)</script>",
  "../../../../etc/passwd",
  "a".repeat(300),
  "x@".repeat(200),
  "1".repeat(400),
  "(".repeat(1_000),
  "z".repeat(20_000),
  "null",
  "true",
  "-1",
  "1e400",
  "NaN",
  "__proto__",
  "admin",
] as const;

/** A text; most are plain ones with the mark in it, by which an answer that repeats it is known. */
export function fuzzText(dice: Dice, mark: string): string {
  if (dice.once(3)) return dice.pick(HOSTILE_TEXTS);
  const shapes = [mark, `${mark}@example.com`, `${mark}-${mark}`, `${mark} \u00e4\u{1f511}`];
  return dice.pick(shapes);
}

/** A value of any type. */
function fuzzValue(dice: Dice, mark: string, depth = 0): unknown {
  switch (dice.roll(depth > 3 ? 5 : 9)) {
    case 0:
      return null;
    case 1:
      return dice.once(2);
    case 2:
      return dice.pick([0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, -0]);
    case 3:
    case 4:
      return fuzzText(dice, mark);
    case 5:
      return Array.from({ length: dice.roll(4) }, () => fuzzValue(dice, mark, depth + 1));
    case 6:
      return nested(dice.pick([10, 33, 100]));
    default:
      return { [fuzzText(dice, mark)]: fuzzValue(dice, mark, depth + 1) };
  }
}

/** A body for a schema: often near to a good one, sometimes far from it. */
export function fuzzBody(dice: Dice, schema: JsonSchema, mark: string): unknown {
  if (dice.once(12)) return fuzzValue(dice, mark);
  const body: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (dice.once(6)) continue;
    body[name] = dice.once(4) ? fuzzValue(dice, mark) : fittingValue(dice, property, mark);
  }
  if (dice.once(4)) body[dice.pick(["role", "id", "__proto__", "constructor", mark])] = mark;
  return body;
}

function fittingValue(dice: Dice, schema: JsonSchema, mark: string): unknown {
  if (schema.anyOf !== undefined) return fittingValue(dice, dice.pick(schema.anyOf), mark);
  if (schema.type === "null") return null;
  return fuzzText(dice, mark);
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? [value] : { a: value };
  return value;
}
