import { expect, test } from "bun:test";
import { ANN, BOB, messageOf, messagesOf } from "./_test_messages.ts";
import { type LogContent, logRows } from "./log_rows.ts";

function rowsOf(given: Partial<LogContent>): string[] {
  const content = { messages: [], outgoing: [], userId: ANN.id, newAfter: null, ...given };
  return logRows(content).map((row) => {
    if (row.kind === "day" || row.kind === "new") return row.kind;
    const who = row.kind === "message" && !row.isOwn ? "theirs" : "own";
    return `${row.kind === "outgoing" ? "going " : ""}${who}${row.isFirst ? " first" : ""}`;
  });
}

function at(minute: number, second = 0): string {
  return new Date(2026, 0, 15, 12, minute, second).toISOString();
}

test("logRows() groups what one author says without a long pause", () => {
  const messages = [
    messageOf(1, { at: at(0) }),
    messageOf(2, { at: at(4, 59) }),
    messageOf(3, { at: at(9, 59) }),
    messageOf(4, { at: at(10), user: ANN }),
    messageOf(5, { at: at(10), user: BOB }),
  ];
  expect(rowsOf({ messages })).toEqual([
    "day",
    "theirs first",
    "theirs",
    "theirs first",
    "own first",
    "theirs first",
  ]);
});

test("logRows() parts days by the reader's calendar, and groups with them", () => {
  const messages = [
    messageOf(1, { at: new Date(2026, 0, 15, 23, 59, 59).toISOString() }),
    messageOf(2, { at: new Date(2026, 0, 16, 0, 0, 1).toISOString() }),
  ];
  expect(rowsOf({ messages })).toEqual(["day", "theirs first", "day", "theirs first"]);
});

test("logRows() marks where new messages begin, unless that is not drawn", () => {
  const messages = messagesOf(1, 3).map((message) => ({ ...message, at: at(message.seq) }));
  const marked = ["day", "theirs first", "new", "theirs first", "theirs"];
  expect(rowsOf({ messages, newAfter: 1 })).toEqual(marked);
  expect(rowsOf({ messages, newAfter: 3 })).toEqual(["day", "theirs first", "theirs", "theirs"]);
  expect(rowsOf({ messages: messages.slice(2), newAfter: 1 })).toEqual(["day", "theirs first"]);
});

test("logRows() puts what is not stored yet last, and keeps its key once it is", () => {
  const outgoing = [{ id: "x", text: "hello", atMs: Date.parse(at(1)), isFailed: false }];
  const messages = [messageOf(1, { at: at(0), user: ANN })];
  expect(rowsOf({ messages, outgoing })).toEqual(["day", "own first", "going own"]);
  const stored = messageOf(2, { id: "x", user: ANN, at: at(1) });
  const content = { outgoing: [], userId: ANN.id, newAfter: null };
  const keys = logRows({ ...content, messages: [...messages, stored] }).map(({ key }) => key);
  expect(keys.at(-1)).toBe("x");
});
