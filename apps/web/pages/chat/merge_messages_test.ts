import { expect, test } from "bun:test";
import { messagesOf } from "./_test_messages.ts";
import { mergeMessages } from "./merge_messages.ts";

function seqs(kept: [number, number], more: [number, number]): number[] {
  return mergeMessages(messagesOf(...kept), messagesOf(...more)).map(({ seq }) => seq);
}

test("mergeMessages() puts newer, older and overlapping runs in order, each message once", () => {
  expect(seqs([1, 3], [4, 5])).toEqual([1, 2, 3, 4, 5]);
  expect(seqs([4, 5], [1, 3])).toEqual([1, 2, 3, 4, 5]);
  expect(seqs([2, 4], [1, 5])).toEqual([1, 2, 3, 4, 5]);
  expect(seqs([1, 0], [1, 2])).toEqual([1, 2]);
});

test("mergeMessages() gives the first run back where the second adds nothing", () => {
  const kept = messagesOf(1, 4);
  expect(mergeMessages(kept, [])).toBe(kept);
  expect(mergeMessages(kept, messagesOf(2, 3))).toBe(kept);
});

test("mergeMessages() of random pieces of a history gives the history", () => {
  const whole = messagesOf(1, 60);
  let kept = whole.slice(30, 40);
  // Pieces of every size and place, in an order that is the same in each run.
  for (let step = 0; step < 300; step += 1) {
    const from = (step * 37) % 60;
    kept = [...mergeMessages(kept, whole.slice(from, from + (step % 7)))];
  }
  expect(kept).toEqual(whole);
});
