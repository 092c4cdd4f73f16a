import { expect, test } from "bun:test";
import { ANN, BOB, messageOf, messagesOf } from "./_test_messages.ts";
import {
  newRoom,
  type Outgoing,
  type RoomState,
  withChat,
  withFailed,
  withHistory,
  withMessage,
  withOutgoing,
  withoutOutgoing,
  withPresence,
  withReading,
  withStored,
  withTime,
  withTypist,
} from "./room_state.ts";

const FRESH = newRoom([], { seq: 0, read_seq: 0 });

function going(id: string): Outgoing {
  return { id, text: "hello", atMs: 0, isFailed: false };
}

/** A room with messages 1 to 10, of which those up to 7 were read before. */
function readTo7(): RoomState {
  const piece = { ok: true, messages: messagesOf(1, 10), more: false } as const;
  return withHistory(newRoom([], { seq: 10, read_seq: 7 }), piece, ANN.id);
}

test("what is sent is there at once, and gives way to its stored self", () => {
  let state = withOutgoing(FRESH, going("x"));
  expect(state.outgoing).toHaveLength(1);
  state = withMessage(state, messageOf(1, { id: "x", user: ANN }), ANN.id);
  expect(state.outgoing).toEqual([]);
  expect(state.messages).toHaveLength(1);
});

test("another's message with the same id takes nothing of one's own away", () => {
  const state = withMessage(withOutgoing(FRESH, going("x")), messageOf(1, { id: "x" }), ANN.id);
  expect(state.outgoing).toHaveLength(1);
});

test("an acknowledged message is drawn until it is told, and goes at once where it was told before", () => {
  const early = withStored(withOutgoing(FRESH, going("x")), "x", 1);
  expect(early.outgoing).toHaveLength(1);
  const late = withStored(withOutgoing(readTo7(), going("x")), "x", 4);
  expect(late.outgoing).toEqual([]);
});

test("history takes away what turns out to be stored", () => {
  const own = messageOf(1, { id: "x", user: ANN });
  const piece = { ok: true, messages: [own], more: true } as const;
  const state = withHistory(withOutgoing(FRESH, going("x")), piece, ANN.id);
  expect(state).toMatchObject({ outgoing: [], isLoaded: true, hasOlder: true });
});

test("a failed message can be sent again, as the last one, or be given up", () => {
  let state = withOutgoing(withOutgoing(FRESH, going("x")), going("y"));
  state = withFailed(state, "x");
  expect(state.outgoing.map(({ id, isFailed }) => [id, isFailed])).toEqual([
    ["x", true],
    ["y", false],
  ]);
  state = withOutgoing(state, going("x"));
  expect(state.outgoing.map(({ id }) => id)).toEqual(["y", "x"]);
  expect(withoutOutgoing(state, "y").outgoing.map(({ id }) => id)).toEqual(["x"]);
});

test("new messages are marked from the first unread one, until one writes", () => {
  const state = readTo7();
  expect(state).toMatchObject({ seenSeq: 7, newAfter: 7 });
  const read = withReading(state, true);
  expect(read).toMatchObject({ seenSeq: 10, newAfter: 7 });
  expect(withOutgoing(read, going("x")).newAfter).toBeNull();
});

test("while one looks away the mark moves to the first message that was not seen", () => {
  let state = withReading(withReading(readTo7(), true), false);
  state = withMessage(state, messageOf(11), ANN.id);
  state = withMessage(state, messageOf(12), ANN.id);
  expect(state).toMatchObject({ seenSeq: 10, newAfter: 10 });
  state = withMessage(withReading(state, true), messageOf(13), ANN.id);
  expect(state).toMatchObject({ seenSeq: 13, newAfter: 10 });
});

test("who is here is told anew by each connection", () => {
  const state = withPresence(withPresence(FRESH, BOB, true), ANN, true);
  expect([...state.here.keys()]).toEqual(["2", "1"]);
  expect([...withPresence(state, BOB, false).here.keys()]).toEqual(["1"]);
  expect(withChat(state, { name: "open", user: ANN }).here.size).toBe(0);
});

test("somebody types until they send, leave, or make no sign any more", () => {
  const state = withTypist(withTypist(FRESH, BOB, 0), BOB, 1_000);
  expect(state.typists).toHaveLength(1);
  expect(withTime(state, 6_999)).toBe(state);
  expect(withTime(state, 7_000).typists).toEqual([]);
  expect(withMessage(state, messageOf(1), ANN.id).typists).toEqual([]);
  expect(withPresence(state, BOB, false).typists).toEqual([]);
  expect(withPresence(state, BOB, true).typists).toHaveLength(1);
});

test("withReading() is the same state where nothing changed", () => {
  const state = withReading(readTo7(), true);
  expect(withReading(state, true)).toBe(state);
});
