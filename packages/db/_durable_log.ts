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

import { statSync } from "node:fs";
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
  /** Throws once the disk has failed: what would be committed now could not be acknowledged. */
  assertSound(): void;
  /** Lets go of the file, once nothing waits. */
  close(): Promise<void>;
}

/** How the log reaches the disk. */
export interface DurableLogDeps {
  /** Writes the log's data to the disk. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Watches over the log beside a database file. It must be there: whoever has read from the file has made it. */
export async function openDurableLog(databasePath: string): Promise<DurableLog> {
  const path = `${databasePath}-wal`;
  const file = await openLog(path);
  const { ino: inode } = await file.stat();
  return createDurableLog({
    sync: async () => {
      await file.datasync();
      // A log that was taken away is written to still, and gone when it is closed.
      if (statSync(path, { throwIfNoEntry: false })?.ino !== inode) {
        throw new Error(`Cannot synchronize ${path}: another file is in its place, or none`);
      }
    },
    // To close a log lets go of no lock: those are on the file itself and on its index.
    close: () => file.close(),
  });
}

/** Makes the waiting room. */
export function createDurableLog(deps: DurableLogDeps): DurableLog {
  let flying: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let failure: Error | undefined;

  async function fly(): Promise<void> {
    try {
      await deps.sync();
    } catch (cause) {
      failure ??= new Error("Cannot write: the disk failed; the server must be started anew", {
        cause,
      });
      throw failure;
    } finally {
      flying = undefined;
    }
  }

  async function flyAfter(current: Promise<void>): Promise<void> {
    try {
      await current;
    } finally {
      next = undefined;
    }
    flying = fly();
    await flying;
  }

  return {
    settle: () => {
      if (failure !== undefined) return Promise.reject(failure);
      if (flying === undefined) {
        flying = fly();
        return flying;
      }
      // The one that runs may have begun before the commit.
      next ??= flyAfter(flying);
      return next;
    },
    assertSound: () => {
      if (failure !== undefined) throw failure;
    },
    close: async () => {
      await (next ?? flying)?.catch(() => undefined);
      await deps.close();
    },
  };
}

/** Its entry in the folder has to be on the disk, too: the log may be new. */
async function openLog(path: string): Promise<FileHandle> {
  const log = await open(path, "r");
  try {
    const folder = await open(dirname(path), "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    return log;
  } catch (cause) {
    await log.close();
    throw cause;
  }
}
