import { expect, test } from "bun:test";
import { createHostLanes } from "./_host_lanes.ts";

const NEVER = new AbortController().signal;

test("no more than the limit are let in at once, and the others in their order", async () => {
  const lanes = createHostLanes({ active: 2, waiting: 10 });
  const order: number[] = [];
  let active = 0;
  let most = 0;
  const work = async (index: number) => {
    const leave = await lanes.enter("a.example", NEVER);
    active += 1;
    most = Math.max(most, active);
    order.push(index);
    await Bun.sleep(5);
    active -= 1;
    leave?.();
  };
  await Promise.all([0, 1, 2, 3, 4, 5, 6].map(work));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(lanes.size()).toBe(0);
});

test("a host that is slow does not hold up another", async () => {
  const lanes = createHostLanes({ active: 1, waiting: 0 });
  expect(await lanes.enter("slow.example", NEVER)).toBeDefined();
  expect(await lanes.enter("fast.example", NEVER)).toBeDefined();
});

test("where too many wait, more are turned away at once", async () => {
  const lanes = createHostLanes({ active: 1, waiting: 1 });
  const leave = await lanes.enter("a.example", NEVER);
  const second = lanes.enter("a.example", NEVER);
  expect(await lanes.enter("a.example", NEVER)).toBeUndefined();
  leave?.();
  expect(await second).toBeDefined();
});

test("whoever gives up waiting takes no place, and none is lost", async () => {
  const lanes = createHostLanes({ active: 1, waiting: 5 });
  const leave = await lanes.enter("a.example", NEVER);
  const impatient = new AbortController();
  const second = lanes.enter("a.example", impatient.signal);
  const third = lanes.enter("a.example", NEVER);
  impatient.abort();
  expect(await second).toBeUndefined();
  leave?.();
  leave?.();
  const leaveThird = await third;
  expect(leaveThird).toBeDefined();
  const aborted = lanes.enter("a.example", AbortSignal.abort());
  expect(await aborted).toBeUndefined();
  leaveThird?.();
  expect(lanes.size()).toBe(0);
});
