import { afterAll, expect, test } from "bun:test";
import type { SessionId, UserId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { cell } from "./_rows.ts";
import { event, freshPath, NOW, openTest, removeDatabase } from "./_testing.ts";
import { inTwoProcesses } from "./_testing_processes.ts";
import { newFlow } from "./_testing_providers.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { keepFlow, takeFlow, purge } = opened.store.bookkeeping;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function count(): Promise<number> {
  return Number(await cell(opened.database.reader, "SELECT count(*) FROM flows", []));
}

test("keepFlow() keeps every field, and takeFlow() gives it once", async () => {
  const link = { userId: 12 as UserId, sessionId: "session" as SessionId };
  for (const flow of [newFlow("signs-in"), newFlow("links", { link })]) {
    await keepFlow(flow);
    expect(await takeFlow(flow.stateHash, NOW)).toEqual(flow);
    expect(await takeFlow(flow.stateHash, NOW)).toBeNull();
  }
  expect(await takeFlow("unknown", NOW)).toBeNull();
});

test("50 parallel takeFlow() of one state work once (replay)", async () => {
  const flow = newFlow("replayed");
  await keepFlow(flow);
  const taken = await Promise.all(Array.from({ length: 50 }, () => takeFlow(flow.stateHash, NOW)));
  expect(taken.filter((each) => each !== null)).toEqual([flow]);
});

test("takeFlow() refuses one that has run out, from that very moment on", async () => {
  const flow = newFlow("late");
  await keepFlow(flow);
  expect(await takeFlow(flow.stateHash, flow.expiresAt)).toBeNull();
  expect(await takeFlow(flow.stateHash, epochMs(flow.expiresAt - 1))).toEqual(flow);
});

test("forgetFlows() forgets every visit", async () => {
  for (const state of ["one", "two"]) await keepFlow(newFlow(state));
  await opened.store.write(async (tx) => ({ value: await tx.forgetFlows(), event: event() }));
  expect(await takeFlow("one", NOW)).toBeNull();
  expect(await count()).toBe(0);
});

test("takeFlow() of one state works once in all of two processes (race)", async () => {
  const states = Array.from({ length: 20 }, (_, index) => `shared-${index}`);
  for (const state of states) await keepFlow(newFlow(state));
  const work = `
    const take = (state) => store.bookkeeping.takeFlow(state, NOW);
    const taken = await Promise.all(${JSON.stringify(states)}.map(take));
    return taken.flatMap((flow) => flow?.stateHash ?? []);
  `;
  const taken = (await inTwoProcesses(url, work)).flat();
  expect(taken.toSorted()).toEqual(states.toSorted());
}, 180_000);

test("purge() deletes visits that have run out, however many", async () => {
  await Promise.all(
    Array.from({ length: 1_100 }, (_, index) =>
      keepFlow(newFlow(`old-${index}`, { expiresAt: NOW })),
    ),
  );
  const kept = newFlow("kept", { expiresAt: epochMs(NOW + 1) });
  await keepFlow(kept);
  await purge(NOW);
  expect(await count()).toBe(1);
  expect(await takeFlow("kept", NOW)).toEqual(kept);
});
