/**
 * Waiting until what was committed is on the disk, off the event loop.
 *
 * SQLite's own wait, `synchronous = FULL`, holds the thread that serves everybody. With NORMAL a
 * commit only appends to the log, in order and with checksums; once the log is synchronized, what was
 * committed before survives a loss of power, as after FULL. Without that it may be lost as a whole,
 * from some commit on, and the file stays consistent. So nothing is acknowledged before.
 *
 * One synchronization serves all that commit while the one before it runs.
 *
 * @see https://www.sqlite.org/pragma.html#pragma_synchronous
 * @see https://www.sqlite.org/wal.html, section 3.3
 * @module
 */

import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";

/** The log of one database. */
export interface DurableLog {
  /**
   * Resolves once everything that was committed before the call is on the disk.
   *
   * Rejects where the disk failed, and from then on always: a system that failed to write may
   * forget that it did, so a second try proves nothing.
   */
  settle(): Promise<void>;
  /** Lets go of the file, once nothing waits. */
  close(): Promise<void>;
}

/** How the log reaches the disk. */
export interface DurableLogDeps {
  /** Writes the log's data to the disk. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Watches over the log beside a database file. The log is opened when it is needed first. */
export function openDurableLog(databasePath: string): DurableLog {
  let file: Promise<FileHandle> | undefined;
  return createDurableLog({
    sync: async () => {
      file ??= openLog(databasePath);
      await (await file).datasync();
    },
    // To close a log lets go of no lock: those are on the file itself and on its index.
    close: async () => await (await file)?.close(),
  });
}

/** Makes the waiting room. */
export function createDurableLog(deps: DurableLogDeps): DurableLog {
  let flying: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function fly(): Promise<void> {
    await deps.sync();
    flying = undefined;
  }

  async function flyAfter(current: Promise<void>): Promise<void> {
    await current;
    next = undefined;
    flying = fly();
    await flying;
  }

  return {
    settle: () => {
      if (flying === undefined) {
        flying = fly();
        return flying;
      }
      // The one that runs may have begun before the commit.
      next ??= flyAfter(flying);
      return next;
    },
    close: async () => {
      await (next ?? flying)?.catch(() => undefined);
      await deps.close();
    },
  };
}

/** Its entry in the folder has to be on the disk, too: the log may be new. */
async function openLog(databasePath: string): Promise<FileHandle> {
  const log = await open(`${databasePath}-wal`, "r");
  const folder = await open(dirname(databasePath), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return log;
}
