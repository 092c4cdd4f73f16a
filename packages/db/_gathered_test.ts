import { expect, test } from "bun:test";
import { gathered } from "./_gathered.ts";

/** Looks up even numbers, and writes down what it was asked. */
function evenNumbers() {
  const asked: (readonly number[])[] = [];
  const find = gathered(async (keys: readonly number[]) => {
    asked.push(keys);
    return new Map(keys.filter((key) => key % 2 === 0).map((key) => [key, `even ${key}`]));
  });
  return { asked, find };
}

test("gathered() looks up at once what one turn asks for, each key once", async () => {
  const { asked, find } = evenNumbers();
  const found = await Promise.all([find(2), find(3), find(4), find(2)]);
  expect(found).toEqual(["even 2", null, "even 4", "even 2"]);
  expect(asked).toEqual([[2, 3, 4]]);
});

test("gathered() reads anew what is asked for after a read began (stale answers)", async () => {
  const { asked, find } = evenNumbers();
  await find(2);
  await find(2);
  expect(asked).toEqual([[2], [2]]);

  let stored = "old";
  const slow = gathered(async (keys: readonly number[]) => {
    const seen = stored;
    await Bun.sleep(20);
    return new Map(keys.map((key) => [key, seen]));
  });
  const before = slow(1);
  await Bun.sleep(1);
  stored = "new";
  expect(await slow(1)).toBe("new");
  await before;
});

test("gathered() looks up at most 256 keys at once", async () => {
  const { asked, find } = evenNumbers();
  const found = await Promise.all(Array.from({ length: 600 }, (_, key) => find(key)));
  expect(found[598]).toBe("even 598");
  expect(asked.map((keys) => keys.length)).toEqual([256, 256, 88]);
});

test("gathered() rejects all of a turn, and goes on with the next", async () => {
  let isBroken = true;
  const find = gathered(async (keys: readonly number[]) => {
    if (isBroken) throw new Error("no database");
    return new Map(keys.map((key) => [key, key]));
  });
  const results = await Promise.allSettled([find(1), find(2)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isBroken = false;
  expect(await find(3)).toBe(3);
});
