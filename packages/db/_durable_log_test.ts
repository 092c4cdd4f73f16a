import { expect, test } from "bun:test";
import { mkdtempSync, writeFileSync } from "node:fs";
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
  await expect(first).rejects.toThrow("The disk failed");
  await expect(log.settle()).rejects.toThrow("The disk failed");
  await expect(log.settle()).rejects.toThrow("The disk failed");
  expect(running).toHaveLength(1);
  await log.close();
});

test("openDurableLog() opens the log when it is needed first, and needs none to be closed", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "postern-log-")), "test.db");
  const unused = openDurableLog(path);
  await unused.close();
  const log = openDurableLog(path);
  writeFileSync(`${path}-wal`, "frames");
  await log.settle();
  await log.settle();
  await log.close();
});
