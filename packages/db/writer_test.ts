import { afterAll, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { CHAIN_START, follows } from "@postern/auth";
import { cell } from "./_rows.ts";
import {
  addUser,
  event,
  freshPath,
  NOW,
  newUser,
  openTest,
  removeDatabase,
  sha256,
} from "./_testing.ts";
import type { Database } from "./database.ts";
import { createWriter } from "./writer.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { database, writer, store } = opened;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

/** How often writes are tried that a machine with other things to do may hold up one by one. */
const TRIES = 10;

test("run() commits writes that wait together, in the order in which they came", async () => {
  let fewest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < TRIES && fewest >= 20; attempt += 1) {
    fewest = Math.min(fewest, await countGroups());
  }
  // On such a machine, a group ends before all have been served.
  expect(fewest).toBeLessThan(20);
});

/** Has forty writes wait at once, and tells in how many groups they were committed. */
async function countGroups(): Promise<number> {
  const groups: number[] = [];
  const lane = createWriter({
    database,
    sha256,
    clock: { now: () => NOW },
    onCommit: () => undefined,
    observe: (metrics) => groups.push(metrics.works),
  });
  const order: number[] = [];
  const runs = Array.from({ length: 40 }, (_, index) =>
    lane.run(async (tx) => {
      await cell(tx, "SELECT 1", []);
      order.push(index);
      return index;
    }),
  );
  expect(lane.depth).toBe(40);
  expect(await Promise.all(runs)).toEqual(order);
  expect(order).toEqual(Array.from({ length: 40 }, (_, index) => index));
  expect(groups.reduce((sum, works) => sum + works, 0)).toBe(40);
  expect(lane.depth).toBe(0);
  return groups.length;
}

test("run() keeps a patient write back until one comes that is not, and no longer than it may wait", async () => {
  const groups: number[] = [];
  const lane = createWriter({
    database,
    sha256,
    clock: { now: () => NOW },
    onCommit: () => undefined,
    observe: (metrics) => groups.push(metrics.works),
  });
  const forever = 1_000_000;
  const patient = [lane.run(async () => 1, forever), lane.run(async () => 2, forever)];
  await Bun.sleep(30);
  expect(groups).toEqual([]);
  expect(lane.depth).toBe(2);
  expect(await lane.run(async () => 3)).toBe(3);
  expect(await Promise.all(patient)).toEqual([1, 2]);
  expect(groups.reduce((sum, works) => sum + works, 0)).toBe(3);
  expect(await lane.run(async () => 4, 5)).toBe(4);
  const last = lane.run(async () => 5, forever);
  await lane.close();
  expect(await last).toBe(5);
});

test("run() lets later writes in when a group takes long", async () => {
  const groups: number[] = [];
  const lane = createWriter({
    database,
    sha256,
    clock: { now: () => NOW },
    onCommit: () => undefined,
    observe: (metrics) => groups.push(metrics.works),
  });
  const slow = Array.from({ length: 6 }, () => lane.run(async () => Bun.sleepSync(8)));
  await Promise.all(slow);
  expect(groups.length).toBeGreaterThan(1);
  expect(groups.reduce((sum, works) => sum + works, 0)).toBe(6);
});

test("run() lets the event loop go on between the writes of a group", async () => {
  const lane = createWriter({
    database,
    sha256,
    clock: { now: () => NOW },
    onCommit: () => undefined,
  });
  const order: string[] = [];
  const runs = ["first", "second"].map((name) =>
    lane.run(async () => {
      order.push(name);
      setImmediate(() => order.push("other"));
    }),
  );
  await Promise.all(runs);
  expect(order.slice(0, 3)).toEqual(["first", "other", "second"]);
});

test("run() rolls back the write that throws, with its event and its changes, and no other", async () => {
  const before = await cell(database.reader, "SELECT count(*) FROM events", []);
  const failure = new Error("no");
  opened.announced.length = 0;
  const results = await Promise.allSettled(
    ["one", "bad", "two"].map((name) =>
      store.write(async (tx) => {
        await tx.insertUser(newUser(`group-${name}`));
        tx.announce({ kind: "limits_changed" });
        if (name === "bad") throw failure;
        return { value: name, event: event() };
      }),
    ),
  );
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(results[1]).toEqual({ status: "rejected", reason: failure });
  expect(await store.findUserByUsername("group-one")).not.toBeNull();
  expect(await store.findUserByUsername("group-bad")).toBeNull();
  expect(await store.findUserByUsername("group-two")).not.toBeNull();
  expect(await cell(database.reader, "SELECT count(*) FROM events", [])).toBe(Number(before) + 2);
  expect(opened.announced).toEqual([{ kind: "limits_changed" }]);
});

test("run() rolls back a write that is alone and throws", async () => {
  const write = store.write(async (tx) => {
    await tx.insertUser(newUser("alone"));
    throw new Error("no");
  });
  await expect(write).rejects.toThrow("no");
  expect(await store.findUserByUsername("alone")).toBeNull();
  await addUser(store, newUser("alone"));
});

test("run() survives a write whose statement fails", async () => {
  const results = await Promise.allSettled([
    writer.run(async (tx) => await cell(tx, "SELECT nothing FROM nowhere", [])),
    writer.run(async (tx) => await cell(tx, "SELECT 2", [])),
  ]);
  expect(results.map((result) => result.status)).toEqual(["rejected", "fulfilled"]);
});

test("run() acknowledges only after what was announced has been acted on", async () => {
  const seen: string[] = [];
  const lane = createWriter({
    database,
    sha256,
    clock: { now: () => NOW },
    onCommit: (changes) => seen.push(`acted on ${changes.length}`),
  });
  await Promise.all(
    [1, 2].map(async (index) => {
      await lane.run(async (tx) =>
        tx.announce({ kind: index === 1 ? "keys_changed" : "limits_changed" }),
      );
      seen.push("acknowledged");
    }),
  );
  expect(seen).toEqual(["acted on 2", "acknowledged", "acknowledged"]);
});

test("a transaction cannot be used after the write that it was for", async () => {
  const kept = await writer.run(async (tx) => tx);
  expect(() => kept.execute({ sql: "SELECT 1", args: [] })).toThrow("has ended");
  expect(() => kept.announce({ kind: "keys_changed" })).toThrow("has ended");
  expect(() => kept.append(event())).toThrow("has ended");
});

test("a write refuses all of its group when there is no commit", async () => {
  const broken = {
    ...database,
    begin: async () => {
      const transaction = await database.begin();
      transaction.commit = () => Promise.reject(new Error("disk full"));
      return transaction;
    },
  };
  const acted: unknown[] = [];
  const onCommit = (changes: unknown) => acted.push(changes);
  const lane = createWriter({ database: broken, sha256, clock: { now: () => NOW }, onCommit });
  const results = await Promise.allSettled(
    [1, 2].map(() => lane.run(async (tx) => await cell(tx, "SELECT 1", []))),
  );
  expect(results.map((result) => result.status)).toEqual(["rejected", "rejected"]);
  expect(acted).toEqual([]);
  expect(await writer.run(async (tx) => await cell(tx, "SELECT 3", []))).toBe(3);
});

/** The database, whose commits are safe only when the test says so. */
function onSlowDisk() {
  const waits: PromiseWithResolvers<void>[] = [];
  const slow: Database = {
    ...database,
    settle: () => {
      const wait = Promise.withResolvers<void>();
      waits.push(wait);
      return wait.promise;
    },
  };
  const clock = { now: () => NOW };
  const lane = createWriter({ database: slow, sha256, clock, onCommit: () => undefined });
  return { lane, waits };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await Bun.sleep(1);
}

test("run() acknowledges nothing that a loss of power could undo, and goes on meanwhile", async () => {
  const { lane, waits } = onSlowDisk();
  const told: string[] = [];
  const tell = async (name: string) => {
    await lane.run(async () => undefined);
    told.push(name);
  };
  const first = tell("first");
  await until(() => waits.length === 1);
  const second = tell("second");
  await until(() => waits.length === 2);
  expect(told).toEqual([]);
  waits[0]?.resolve();
  await first;
  expect(told).toEqual(["first"]);
  const closed = lane.close();
  waits[1]?.resolve();
  await Promise.all([second, closed]);
  expect(told).toEqual(["first", "second"]);
});

test("run() rejects what was committed where the disk failed", async () => {
  const { lane, waits } = onSlowDisk();
  const run = lane.run(async () => "value");
  await until(() => waits.length === 1);
  waits[0]?.reject(new Error("The disk failed"));
  await expect(run).rejects.toThrow("The disk failed");
});

test("run() acknowledges in the order in which writes came, however large their groups", async () => {
  const { lane, waits } = onSlowDisk();
  const told: number[] = [];
  const tell = async (index: number) => {
    await lane.run(async () => undefined);
    told.push(index);
  };
  const large = Array.from({ length: 60 }, (_, index) => tell(index));
  await until(() => waits.length > 0 && lane.depth === 0);
  const last = tell(60);
  await until(() => lane.depth === 0);
  const closed = lane.close();
  // The later group is safe first.
  for (const wait of waits.toReversed()) wait.resolve();
  await closed;
  expect(told).toHaveLength(61);
  await Promise.all([...large, last]);
  expect(told).toEqual(Array.from({ length: 61 }, (_, index) => index));
});

test("once the log is gone, a write is refused before it is done (lost acknowledgements)", async () => {
  const path = freshPath();
  const own = await openTest(`file:${path}`);
  await addUser(own.store, newUser("ada"));
  rmSync(`${path}-wal`);
  const first = own.writer.run(async () => undefined);
  await expect(first).rejects.toThrow("the disk failed");
  let isRun = false;
  const second = own.writer.run(async () => {
    isRun = true;
  });
  await expect(second).rejects.toThrow("must be started anew");
  expect(isRun).toBe(false);
  await own[Symbol.asyncDispose]();
});

test("close() commits what waits and refuses what comes", async () => {
  const own = await openTest();
  const waiting = own.writer.run(async (tx) => {
    await tx.execute({ sql: "INSERT INTO limits VALUES ('x', 'x', 1, 1, 'user', 1)", args: [] });
  });
  const closing = own.writer.close();
  await expect(own.writer.run(async () => 1)).rejects.toThrow("closed");
  await closing;
  await waiting;
  expect(await cell(own.database.reader, "SELECT count(*) FROM limits", [])).toBe(1);
  await own.database.close();
  removeDatabase(own.url);
});

test("events of one group follow one another, and come back as they were hashed", async () => {
  const details = {
    text: "a\u0000b\ud800c 😀 \u2028",
    list: [1, -0, 1e21, null],
    nested: { b: 1, a: true },
  };
  await Promise.all(
    Array.from({ length: 10 }, () =>
      store.write(async () => ({
        value: null,
        event: [event({ details }), event({ userAgent: "lone \udfff surrogate" })],
      })),
    ),
  );
  let previous = { seq: 0, hash: CHAIN_START };
  for (const next of await store.readChain(1, 1_000)) {
    expect(follows(sha256, previous, next)).toBe(true);
    previous = next;
  }
  const [last] = (await store.listEvents({}, { limit: 2 })).items;
  expect(last?.userAgent).toBe("lone \ufffd surrogate");
  expect(previous.seq).toBeGreaterThanOrEqual(20);
});
