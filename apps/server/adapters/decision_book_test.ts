import { expect, test } from "bun:test";
import { days, epochMs, minutes, seconds } from "@postern/std";
import { createDecisionBook } from "./decision_book.ts";

const START_MS = 1_790_000_000_000;

/** A book, and a clock that goes on when it is told to. */
function openBook() {
  let now = START_MS;
  const book = createDecisionBook({ now: () => epochMs(now) });
  return {
    book,
    pass: (ms: number) => {
      now += ms;
    },
    note: (subject: string, retryAfterMs = 0) =>
      book.note({ limit: "anonymous", subject, retryAfterMs }),
  };
}

test("decisions() gives back what was noted, oldest first, each limit by itself", () => {
  const { book, note, pass } = openBook();
  note("a");
  pass(5);
  note("b", 1_000);
  book.note({ limit: "signed_in", subject: "c", retryAfterMs: 0 });
  expect(book.decisions("anonymous")).toEqual([
    { at: epochMs(START_MS), subject: "a", isAllowed: true },
    { at: epochMs(START_MS + 5), subject: "b", isAllowed: false },
  ]);
  expect(book.decisions("login_address")).toEqual([]);
});

test("decisions() forgets what is a day old", () => {
  const { book, note, pass } = openBook();
  note("a");
  pass(days(1) + 1);
  note("b");
  expect(book.decisions("anonymous").map(({ subject }) => subject)).toEqual(["b"]);
});

test("decisions() keeps the newest 50,000 of a flood, in order (memory)", () => {
  const { book, note } = openBook();
  for (let count = 0; count < 120_500; count += 1) note(String(count));
  const kept = book.decisions("anonymous");
  expect(kept).toHaveLength(50_000);
  expect(kept[0]?.subject).toBe("70500");
  expect(kept.every(({ subject }, index) => subject === String(70_500 + index))).toBe(true);
});

test("pressure() counts the window, and names whom it holds back until they may call again", () => {
  const { book, note, pass } = openBook();
  note("old");
  pass(minutes(2));
  for (let count = 0; count < 3; count += 1) note("busy");
  note("busy", seconds(10));
  pass(seconds(1));
  note("busy", seconds(9));
  note("quiet");
  const { allowed, refused, busiest, held } = book.pressure("anonymous", minutes(1));
  expect([allowed, refused]).toEqual([4, 2]);
  expect(busiest[0]).toEqual({ subject: "busy", count: 5 });
  const since = epochMs(START_MS + minutes(2));
  expect(held).toEqual([{ subject: "busy", refused: 2, since, until: epochMs(since + 10_000) }]);
  pass(seconds(10));
  expect(book.pressure("anonymous", minutes(1)).held).toEqual([]);
});

test("release() lets one go, and a flood of held callers is bounded", () => {
  const { book, note } = openBook();
  for (let count = 0; count < 2_000; count += 1) note(`caller${count}`, minutes(1));
  expect(book.pressure("anonymous", minutes(1)).held).toHaveLength(50);
  const [first] = book.pressure("anonymous", minutes(1)).held;
  book.release("anonymous", first?.subject ?? "");
  const left = book.pressure("anonymous", minutes(1)).held.map(({ subject }) => subject);
  expect(left).not.toContain(first?.subject ?? "");
});
