import { expect, test } from "bun:test";
import { type EpochMs, epochMs, err, ok, type Result } from "@postern/std";
import { createStaleCache } from "./_stale_cache.ts";

function cacheAt(limit = 10) {
  const state = { now: 0, calls: 0, isDown: false };
  const cache = createStaleCache({
    clock: { now: (): EpochMs => epochMs(state.now) },
    keyOf: (key: string) => key,
    async load(key: string): Promise<Result<string, "down">> {
      state.calls += 1;
      const call = state.calls;
      await Bun.sleep(1);
      return state.isDown ? err("down") : ok(`${key}${call}`);
    },
    freshMs: 1_000,
    staleMs: 5_000,
    askAgainMs: 100,
    limit,
  });
  return { cache, state };
}

test("a value is asked for once while it is fresh, whoever asks at once", async () => {
  const { cache, state } = cacheAt();
  const values = await Promise.all([cache.get("a"), cache.get("a"), cache.get("a")]);
  expect(values).toEqual([ok("a1"), ok("a1"), ok("a1")]);
  state.now = 999;
  expect(await cache.get("a")).toEqual(ok("a1"));
  state.now = 1_000;
  expect(await cache.get("a")).toEqual(ok("a2"));
  expect(state.calls).toBe(2);
});

test("what is stale serves while asking fails, until it is too old; asking is spaced out", async () => {
  const { cache, state } = cacheAt();
  await cache.get("a");
  state.isDown = true;
  state.now = 1_000;
  expect(await cache.get("a")).toEqual(ok("a1"));
  expect(state.calls).toBe(2);
  state.now = 1_099;
  expect(await cache.get("a")).toEqual(ok("a1"));
  expect(state.calls).toBe(2);
  state.now = 5_999;
  expect(await cache.get("a")).toEqual(ok("a1"));
  expect(state.calls).toBe(3);
  state.now = 6_000;
  expect(await cache.get("a")).toEqual(err("down"));
  state.isDown = false;
  expect(await cache.get("a")).toEqual(ok("a5"));
});

test("renew() asks again though it is fresh, at most once in a while", async () => {
  const { cache, state } = cacheAt();
  await cache.get("a");
  state.now = 99;
  expect(await cache.renew("a")).toEqual(ok("a1"));
  state.now = 100;
  expect(await cache.renew("a")).toEqual(ok("a2"));
  expect(await cache.renew("a")).toEqual(ok("a2"));
  state.now = 200;
  state.isDown = true;
  expect(await cache.renew("a")).toEqual(ok("a2"));
  expect(await cache.renew("a")).toEqual(ok("a2"));
  expect(state.calls).toBe(3);
});

test("reload() asks whatever is held, and a failure takes nothing away", async () => {
  const { cache, state } = cacheAt();
  await cache.get("a");
  expect(await cache.reload("a")).toEqual(ok("a2"));
  state.isDown = true;
  expect(await cache.reload("a")).toEqual(err("down"));
  expect(await cache.get("a")).toEqual(ok("a2"));
});

test("no more are held than the limit; what came first goes first", async () => {
  const { cache, state } = cacheAt(2);
  for (const key of ["a", "b", "c"]) await cache.get(key);
  expect(cache.size()).toBe(2);
  expect(await cache.get("b")).toEqual(ok("b2"));
  expect(state.calls).toBe(3);
  expect(await cache.get("a")).toEqual(ok("a4"));
  expect(cache.size()).toBe(2);
});
