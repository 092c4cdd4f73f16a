import { expect, test } from "bun:test";
import { fittingPiece } from "./fitting_piece.ts";
import { BACKLOG_MAX_BYTES, HISTORY_MAX_BYTES } from "./limits.ts";

function messages(count: number, text: string) {
  return Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    id: crypto.randomUUID(),
    user: { id: "1", username: "ada" },
    text,
    at: "2026-01-01T00:00:00.000Z",
  }));
}

test("fittingPiece() leaves a piece that fits as it is", () => {
  const piece = { messages: messages(200, "short"), more: false };
  expect(fittingPiece(piece, true)).toBe(piece);
});

test("fittingPiece() keeps those next to where was asked from, and says that there are more", () => {
  const piece = { messages: messages(200, "\u{1f600}".repeat(4_000)), more: false };
  const forward = fittingPiece(piece, true);
  const backward = fittingPiece(piece, false);
  expect([forward.more, backward.more]).toEqual([true, true]);
  expect(forward.messages[0]?.seq).toBe(1);
  expect(backward.messages.at(-1)?.seq).toBe(200);
  const seqs = backward.messages.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
  for (const { messages: kept } of [forward, backward]) {
    expect(kept.length).toBeGreaterThan(1);
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(HISTORY_MAX_BYTES + 1_000);
  }
  expect(HISTORY_MAX_BYTES * 2).toBeLessThan(BACKLOG_MAX_BYTES);
});

test("fittingPiece() keeps one message, however large", () => {
  const piece = { messages: messages(3, "x".repeat(2 * HISTORY_MAX_BYTES)), more: false };
  expect(fittingPiece(piece, false).messages.map(({ seq }) => seq)).toEqual([3]);
});
