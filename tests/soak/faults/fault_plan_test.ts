import { expect, test } from "bun:test";
import { FAULTS, planFaults } from "./fault_plan.ts";

test("planFaults() gives every fault a turn, however short the time, and none in its last part", () => {
  for (const minutes of [0.5, 1, 5, 30]) {
    const plan = planFaults(minutes * 60_000, FAULTS);
    expect(new Set(plan.map(({ name }) => name))).toEqual(new Set(FAULTS));
    expect(Math.max(...plan.map(({ to }) => to))).toBeLessThanOrEqual(minutes * 60_000 * 0.6);
  }
});

test("planFaults() lets a fault end, and time to recover pass, before the next", () => {
  const plan = planFaults(1_800_000, FAULTS);
  expect(plan.length).toBe(18);
  for (const [index, { from, to }] of plan.entries()) {
    expect(to).toBeGreaterThan(from);
    const next = plan[index + 1];
    if (next !== undefined) expect(next.from - to).toBeGreaterThan(to - from);
  }
});

test("planFaults() leaves out what cannot be had", () => {
  expect(planFaults(60_000, ["kill_9"]).every(({ name }) => name === "kill_9")).toBe(true);
  expect(planFaults(60_000, [])).toEqual([]);
});
