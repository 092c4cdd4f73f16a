import { expect, test } from "bun:test";
import { type BulkProgress, type BulkTarget, runBulk } from "./run_bulk.ts";

function many(count: number): readonly BulkTarget[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${index}`, label: `row ${index}` }));
}

function start(
  targets: readonly BulkTarget[],
  run: (target: BulkTarget) => Promise<string | null>,
) {
  const stop = new AbortController();
  const told: BulkProgress[] = [];
  const ended = runBulk({
    targets,
    run,
    signal: stop.signal,
    onProgress: (progress) => told.push(progress),
  });
  return { stop, told, ended };
}

test("runBulk() does each once, and tells after each", async () => {
  const seen: string[] = [];
  const { told, ended } = start(many(25), async ({ id }) => {
    seen.push(id);
    return null;
  });
  expect(await ended).toEqual({ done: 25, failures: [] });
  expect(new Set(seen).size).toBe(25);
  expect(seen).toHaveLength(25);
  expect(told.map(({ done }) => done)).toEqual(many(25).map((_, index) => index + 1));
});

test("runBulk() goes on after a failure, and names it", async () => {
  const { ended } = start(many(6), async ({ id }) => (id === "3" ? "Blocked already" : null));
  const { done, failures } = await ended;
  expect(done).toBe(5);
  expect(failures).toEqual([{ target: { id: "3", label: "row 3" }, why: "Blocked already" }]);
});

test("runBulk() begins nothing more once it is stopped, and finishes what is under way", async () => {
  const begun: string[] = [];
  const gate = Promise.withResolvers<null>();
  const { stop, ended } = start(many(50), async ({ id }) => {
    begun.push(id);
    return await gate.promise;
  });
  while (begun.length < 4) await Promise.resolve();
  stop.abort();
  gate.resolve(null);
  expect((await ended).done).toBe(4);
  expect(begun).toHaveLength(4);
});
