import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDurableLog, openDurableLog } from "./_durable_log.ts";

/** A disk whose synchronizations end when they are told to. */
function slowDisk() {
  const running: { readonly resolve: () => void; readonly reject: (cause: unknown) => void }[] = [];
  const log = createDurableLog({
    sync: () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      running.push({ resolve, reject });
      return promise;
    },
    close: async () => undefined,
  });
  return { log, running };
}

/** Whether a promise has been kept, once all that is due has run. */
async function isKept(promise: Promise<unknown>): Promise<boolean> {
  let kept = false;
  const watch = async () => {
    await promise;
    kept = true;
  };
  void watch();
  await Bun.sleep(1);
  return kept;
}

test("settle() waits for a synchronization that began after it was called", async () => {
  const { log, running } = slowDisk();
  const first = log.settle();
  const late = log.settle();
  expect(running).toHaveLength(1);
  running[0]?.resolve();
  expect([await isKept(first), await isKept(late)]).toEqual([true, false]);
  expect(running).toHaveLength(2);
  running[1]?.resolve();
  expect(await isKept(late)).toBe(true);
});

test("settle() serves all that come while one runs by the next", async () => {
  const { log, running } = slowDisk();
  const first = log.settle();
  const crowd = Array.from({ length: 50 }, () => log.settle());
  running[0]?.resolve();
  await first;
  await Bun.sleep(1);
  expect(running).toHaveLength(2);
  running[1]?.resolve();
  await Promise.all(crowd);
});

test("settle() rejects for ever once the disk has failed", async () => {
  const { log, running } = slowDisk();
  const first = log.settle();
  running[0]?.reject(new Error("The disk failed"));
  await expect(first).rejects.toThrow("the disk failed");
  await expect(log.settle()).rejects.toThrow("the disk failed");
  await expect(log.settle()).rejects.toThrow("the disk failed");
  expect(running).toHaveLength(1);
  await log.close();
});

test("assertSound() throws from the failure on", async () => {
  const { log, running } = slowDisk();
  const first = log.settle();
  log.assertSound();
  running[0]?.reject(new Error("The disk failed"));
  await expect(first).rejects.toThrow("the disk failed");
  expect(() => log.assertSound()).toThrow("the disk failed");
});

test("settle() whose turn comes after the failure rejects, too", async () => {
  const { log, running } = slowDisk();
  const both = Promise.allSettled([log.settle(), log.settle()]);
  running[0]?.reject(new Error("The disk failed"));
  expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(running).toHaveLength(1);
});

function freshLog(): string {
  const path = join(mkdtempSync(join(tmpdir(), "postern-log-")), "test.db");
  writeFileSync(`${path}-wal`, "frames");
  return path;
}

test("openDurableLog() synchronizes a log that is there, again and again", async () => {
  const log = await openDurableLog(freshLog());
  await log.settle();
  await log.settle();
  await log.close();
});

test("openDurableLog() refuses a log that is not there", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "postern-log-")), "test.db");
  await expect(openDurableLog(path)).rejects.toMatchObject({ code: "ENOENT" });
});

test("settle() fails for a log that was taken away, or whose place another took", async () => {
  for (const isReplaced of [false, true]) {
    const path = freshLog();
    const log = await openDurableLog(path);
    await log.settle();
    rmSync(`${path}-wal`);
    if (isReplaced) writeFileSync(`${path}-wal`, "frames of another");
    await expect(log.settle()).rejects.toThrow("the disk failed");
    await log.close();
  }
});
