import { expect, test } from "bun:test";
import { compareHistory, type Holder, Ledger } from "./ledger.ts";

function holder(...passwords: string[]): Holder {
  return { username: "ada", email: "ada@example.com", passwords, former: [], names: [null] };
}

/** A ledger of three messages that were acknowledged, and one that was sent alone. */
function threeMessages(): Ledger {
  const ledger = new Ledger();
  for (const id of ["a", "b", "c", "d"]) ledger.sends("room", id);
  for (const [index, id] of ["a", "b", "c"].entries()) {
    ledger.acknowledges("room", index + 1, { id, text: id });
  }
  return ledger;
}

function stored(...ids: string[]) {
  return ids.map((id, index) => ({ seq: index + 1, id, text: id }));
}

test("compareHistory() finds nothing wrong where all is there, with or without what was never answered", () => {
  expect(compareHistory(threeMessages(), "room", stored("a", "b", "c"))).toEqual([]);
  expect(compareHistory(threeMessages(), "room", stored("a", "b", "c", "d"))).toEqual([]);
});

test("compareHistory() finds what was lost, exchanged, changed, doubled, left out or made up", () => {
  const compare = (messages: ReturnType<typeof stored>) =>
    compareHistory(threeMessages(), "room", messages);
  expect(compare(stored("a", "b"))).toEqual(["Message 3, acknowledged, is lost"]);
  expect(compare(stored("a", "c", "b"))).toEqual([
    "Message 2 is another one",
    "Message 3 is another one",
  ]);
  expect(compare([...stored("a", "b"), { seq: 3, id: "c", text: "x" }])).toEqual([
    "Message 3 is another one",
  ]);
  expect(compare(stored("a", "b", "c", "a"))).toEqual(["A message is stored twice"]);
  expect(compare(stored("a", "b", "c", "e"))).toEqual(["Nobody sent message 4"]);
  expect(compare(stored("a", "b", "c", "d").filter(({ seq }) => seq !== 3))[0]).toBe(
    "Message 3 is missing: 4 is in its place",
  );
});

test("Ledger tells of a position that was acknowledged to two", () => {
  const ledger = threeMessages();
  ledger.acknowledges("room", 1, { id: "a", text: "a" });
  expect(ledger.broken).toEqual([]);
  ledger.acknowledges("room", 1, { id: "d", text: "d" });
  expect(ledger.broken).toEqual(["Message 1 of room was acknowledged to two"]);
  expect(ledger.counts.messages).toBe(3);
});

test("Ledger counts a password that was unsure, and is none now, as a former one", () => {
  const ledger = new Ledger();
  const ada = holder("new", "old");
  ledger.changesPassword(ada, "newest");
  expect(ada).toMatchObject({ passwords: ["newest"], former: ["new", "old"] });
  ledger.learnsPassword({ ...ada, passwords: ["a", "b"] }, "b");
  expect(ledger.counts.passwordChanges).toBe(1);
});

test("Ledger counts broken promises beyond those that it keeps word for word", () => {
  const ledger = new Ledger();
  for (let count = 0; count < 200; count += 1) ledger.breaks("x");
  expect([ledger.broken.length, ledger.brokenCount]).toEqual([50, 200]);
});
