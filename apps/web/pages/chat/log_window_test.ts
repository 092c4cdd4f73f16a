import { expect, test } from "bun:test";
import { messagesOf as make } from "./_test_messages.ts";
import {
  drawnSpan,
  type LogWindow,
  messagesOf,
  moved,
  NEWEST,
  reachingBackTo,
  type Span,
} from "./log_window.ts";

const LOADED: Span = { first: 1, last: 1_000 };
const UP = { isNearTop: true, isNearEnd: false, isAtEnd: false };
const DOWN = { isNearTop: false, isNearEnd: true, isAtEnd: false };
const AT_END = { isNearTop: false, isNearEnd: true, isAtEnd: true };
const MIDDLE = { isNearTop: false, isNearEnd: false, isAtEnd: false };

/** More than is ever drawn, whatever one does. */
const BOUND = 320;

function sizeOf(window: LogWindow, loaded: Span): number {
  const { first, last } = drawnSpan(window, loaded);
  return last - first + 1;
}

test("drawnSpan() begins with some of the newest, or all where there are few", () => {
  expect(drawnSpan(NEWEST, LOADED)).toEqual({ first: 921, last: 1_000 });
  expect(drawnSpan(NEWEST, { first: 5, last: 9 })).toEqual({ first: 5, last: 9 });
});

test("messagesOf() takes a span out of what is loaded, wherever that begins", () => {
  const taken = messagesOf(make(11, 30), { first: 15, last: 17 });
  expect(taken.map(({ seq }) => seq)).toEqual([15, 16, 17]);
});

test("scrolling up to the first message and down to the last shows each, and never too many", () => {
  let window = NEWEST;
  const seen = new Set<number>();
  function look(): void {
    const { first, last } = drawnSpan(window, LOADED);
    for (let seq = first; seq <= last; seq += 1) seen.add(seq);
    expect(sizeOf(window, LOADED)).toBeLessThanOrEqual(BOUND);
  }
  for (let step = 0; step < 20; step += 1) {
    window = moved(window, LOADED, UP);
    look();
  }
  expect(drawnSpan(window, LOADED).first).toBe(1);
  expect(seen.size).toBe(1_000);
  for (let step = 0; step < 20; step += 1) {
    window = moved(window, LOADED, DOWN);
    look();
  }
  expect(drawnSpan(window, LOADED).last).toBe(1_000);
});

test("moved() keeps what is in sight: neither edge jumps over the other's side", () => {
  let window = moved(NEWEST, LOADED, UP);
  for (let step = 0; step < 8; step += 1) {
    const before = drawnSpan(window, LOADED);
    window = moved(window, LOADED, UP);
    // What is near the top stays drawn.
    expect(drawnSpan(window, LOADED).last).toBeGreaterThanOrEqual(before.first + 100);
  }
});

test("moved() follows the newest at the end, and stays elsewhere, while messages arrive", () => {
  let following = NEWEST;
  let staying = reachingBackTo(990, LOADED);
  for (let last = 1_000; last < 3_000; last += 1) {
    const loaded = { first: 1, last };
    following = moved(following, loaded, AT_END);
    staying = moved(staying, loaded, MIDDLE);
    expect(sizeOf(following, loaded)).toBeLessThanOrEqual(BOUND);
    expect(sizeOf(staying, loaded)).toBeLessThanOrEqual(BOUND);
  }
  expect(drawnSpan(following, { first: 1, last: 3_000 }).last).toBe(3_000);
  expect(drawnSpan(staying, { first: 1, last: 3_000 }).first).toBe(921);
});

test("moved() changes nothing where there is no more to draw", () => {
  const few = { first: 1, last: 20 };
  expect(moved(NEWEST, few, UP)).toBe(NEWEST);
  expect(moved(NEWEST, few, AT_END)).toBe(NEWEST);
});

test("reachingBackTo() begins before a mark, and ends with the newest or what fits", () => {
  expect(drawnSpan(reachingBackTo(850, LOADED), LOADED)).toEqual({ first: 830, last: 1_000 });
  expect(drawnSpan(reachingBackTo(995, LOADED), LOADED)).toEqual({ first: 921, last: 1_000 });
  expect(drawnSpan(reachingBackTo(3, LOADED), LOADED).first).toBe(1);
  expect(sizeOf(reachingBackTo(500, LOADED), LOADED)).toBeLessThanOrEqual(BOUND);
});
