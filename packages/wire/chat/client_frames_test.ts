import { expect, test } from "bun:test";
import { FRAME_MAX_BYTES, HISTORY_LIMIT } from "./chat_limits.ts";
import { CLIENT_FRAMES, type ClientFrame, clientFrame } from "./client_frames.ts";

const id = "0190c4a1-7d1e-4c6e-8a55-3f0b1f9b2c11";

function isMessage(text: string): boolean {
  return clientFrame.safeParse({ type: "message", id, text }).success;
}

test("a message has 1 to 4000 code points, whatever units they take", () => {
  expect(isMessage("")).toBe(false);
  expect(isMessage("a")).toBe(true);
  expect(isMessage("a".repeat(4_000))).toBe(true);
  expect(isMessage("a".repeat(4_001))).toBe(false);
  expect(isMessage("😀".repeat(4_000))).toBe(true);
  expect(isMessage("😀".repeat(4_001))).toBe(false);
  expect(isMessage(`${"😀".repeat(3_999)}ab`)).toBe(false);
});

test("a message is well-formed Unicode (lone surrogates)", () => {
  expect(isMessage("a\ud83d")).toBe(false);
  expect(isMessage("\ude00b")).toBe(false);
  expect(isMessage("\u0000\u202e")).toBe(true);
});

test("a message keeps its text as it was sent", () => {
  const frame = { type: "message", id, text: "  <b>e\u0301</b>\r\n" };
  expect(clientFrame.parse(frame)).toEqual(frame as ReturnType<typeof clientFrame.parse>);
});

test("the longest message fits into a frame", () => {
  const frame: ClientFrame = { type: "message", id, text: "😀".repeat(4_000) };
  const size = new TextEncoder().encode(JSON.stringify(frame)).length;
  expect(size).toBeLessThanOrEqual(FRAME_MAX_BYTES);
});

test.each([
  { type: "message", text: "no id" },
  { type: "message", id: "1", text: "not a UUID" },
  { type: "message", id, text: 1 },
  { type: "history", after: -1 },
  { type: "history", before: 1.5 },
  { type: "history", limit: 0 },
  { type: "auth" },
  { type: "auth", token: "" },
] as const)("%j has a known type and bad fields", (frame) => {
  expect(CLIENT_FRAMES[frame.type].safeParse(frame).success).toBe(false);
});

test("a history frame asks for 50 where it does not say, and for any number where it does", () => {
  expect(CLIENT_FRAMES.history.parse({ type: "history" }).limit).toBe(HISTORY_LIMIT);
  expect(CLIENT_FRAMES.history.parse({ type: "history", limit: 100_000 }).limit).toBe(100_000);
});

test("a frame's unknown fields are passed over", () => {
  expect(clientFrame.parse({ type: "ping", admin: true })).toEqual({ type: "ping" });
});
