import { afterAll, expect, test } from "bun:test";
import { DEFAULT_LIMITS } from "@postern/auth";
import { change } from "./_rows.ts";
import { freshPath, openTest, removeDatabase } from "./_testing.ts";
import { seedLimits } from "./seed_limits.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, writer, announced } = opened;

function byId(limits: typeof DEFAULT_LIMITS): typeof DEFAULT_LIMITS {
  return limits.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

test("seedLimits() puts all in place, once", async () => {
  await seedLimits(opened);
  expect(await store.listLimits()).toEqual(byId(DEFAULT_LIMITS));
  expect(announced).toEqual([{ kind: "limits_changed" }]);
  await seedLimits(opened);
  expect(announced).toHaveLength(1);
});

test("seedLimits() adds what is missing and leaves what was set", async () => {
  await writer.run(async (tx) => {
    await change(tx, "UPDATE limits SET count = 3, enabled = 0 WHERE id = 'anonymous'", []);
    await change(tx, "DELETE FROM limits WHERE id = 'signed_in'", []);
  });
  await seedLimits(opened);
  const expected = byId(DEFAULT_LIMITS).map((limit) =>
    limit.id === "anonymous" ? { ...limit, count: 3, enabled: false } : limit,
  );
  expect(await store.listLimits()).toEqual(expected);
});
