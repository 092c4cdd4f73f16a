import { expect, test } from "bun:test";
import { DONE, type Outcome } from "./outcome.ts";
import { Pool, Traffic } from "./traffic.ts";

const CALM = { isTroubled: () => false, onTrouble: () => undefined };

test("Traffic does each act as often as its weight, mixed", async () => {
  const order: string[] = [];
  const act = (kind: string, weight: number) => ({
    kind,
    weight,
    begin: async () => {
      order.push(kind);
      return DONE;
    },
  });
  const traffic = new Traffic([act("often", 8), act("seldom", 2)], CALM);
  for (let count = 0; count < 20; count += 1) await traffic.one();
  expect(order.filter((kind) => kind === "seldom")).toHaveLength(4);
  expect(order.slice(0, 5)).toContain("seldom");
  expect(order.slice(5, 10)).toContain("seldom");
  expect(traffic.calm.read("often").count).toBe(16);
});

test("Traffic tells of what was not done, and whether something was broken before or after", async () => {
  const told: string[] = [];
  let isTroubled = false;
  const failing = {
    kind: "x",
    weight: 1,
    begin: async (): Promise<Outcome> => {
      isTroubled = true;
      return { as: "failed", detail: "gone" };
    },
  };
  const throwing = { ...failing, begin: () => Promise.reject(new Error("torn")) };
  const hooks = {
    isTroubled: () => isTroubled,
    onTrouble: (_: string, outcome: Outcome, was: boolean) => {
      told.push(`${outcome.as === "failed" ? outcome.detail : outcome.as} ${was}`);
    },
  };
  await new Traffic([failing], hooks).one();
  isTroubled = false;
  await new Traffic([throwing], hooks).one();
  expect(told).toEqual(["gone true", "Error: torn false"]);
});

test("Traffic counts what nobody was free for, and times nothing of it", async () => {
  const traffic = new Traffic([{ kind: "x", weight: 1, begin: () => undefined }], CALM);
  await traffic.one();
  expect(traffic.tallies.get("x")).toMatchObject({ skipped: 1, done: 0 });
  expect(traffic.calm.read("x").count).toBe(0);
});

test("Pool has nobody do two things at once, and gives everybody back", async () => {
  const pool = new Pool(["ada"]);
  const gate = Promise.withResolvers<void>();
  const first = pool.use(async () => {
    await gate.promise;
    return DONE;
  });
  expect(pool.use(async () => DONE)).toBeUndefined();
  gate.resolve();
  await first;
  expect(await pool.use(() => Promise.reject(new Error("x")))?.catch(() => DONE)).toEqual(DONE);
  expect(pool.use(async () => DONE)).toBeDefined();
});
