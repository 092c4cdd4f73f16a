/**
 * @module
 */

import { expect, test } from "bun:test";
import type { ChatMessage } from "@postern/wire";
import { createTimeline } from "./timeline.ts";

function message(seq: number): ChatMessage {
  return { seq, id: `id-${seq}`, user: { id: "1", username: "ada" }, text: `${seq}`, at: "now" };
}

test("take() lets each message through once and in order, whatever the order of arrival", () => {
  const timeline = createTimeline(2);
  const through: number[] = [];
  for (const seq of [1, 2, 5, 4, 5, 3, 3, 6, 1]) {
    through.push(...timeline.take(message(seq)).map((taken) => taken.seq));
  }
  expect(through).toEqual([3, 4, 5, 6]);
  expect(timeline.last).toBe(6);
});

test("hasGap() is true while a message waits for one before it", () => {
  const timeline = createTimeline(0);
  timeline.take(message(2));
  expect(timeline.hasGap()).toBe(true);
  timeline.take(message(1));
  expect(timeline.hasGap()).toBe(false);
});

test("startAfter() moves nothing once the timeline has begun", () => {
  const timeline = createTimeline(undefined);
  timeline.startAfter(7);
  timeline.startAfter(9);
  expect(timeline.last).toBe(7);
});
