import { expect, test } from "bun:test";
import { createLatestReading } from "./latest_reading.ts";

test("a reading that began earlier and ends later replaces nothing (race)", async () => {
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const put: string[] = [];
  let begun = 0;
  const read = createLatestReading(
    () => {
      begun += 1;
      return answers[begun - 1]?.promise ?? Promise.resolve("third");
    },
    (value) => put.push(value),
  );
  const slow = read();
  const fast = read();
  answers[1]?.resolve("new");
  await fast;
  answers[0]?.resolve("old");
  await slow;
  expect(put).toEqual(["new"]);
  await read();
  expect(put).toEqual(["new", "third"]);
});

test("a reading that fails replaces nothing, and is told", async () => {
  const put: number[] = [];
  const read = createLatestReading(
    () => Promise.reject(new TypeError("Cannot read: the disk is away")),
    (value: number) => put.push(value),
  );
  await expect(read()).rejects.toThrow(/disk/);
  expect(put).toEqual([]);
});
