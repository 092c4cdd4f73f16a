/**
 * One connection to a database in a file, which keeps the statements that it has prepared.
 *
 * @libsql/client prepares a statement anew for each use, and defines two properties for each cell:
 * 34 µs for a row by its key, and 14 µs for a change of one. Through the engine beneath it, with the
 * statement kept, they take 9 and 3. Every call is synchronous inside.
 *
 * A statement that failed is not used again. What may fail since another process holds the lock goes
 * through `run`, which finalizes it: prepared, it stays in progress until it is collected as garbage,
 * and every COMMIT fails till then.
 *
 * @see https://github.com/tursodatabase/libsql-js/pull/238
 * @module
 */

import Engine from "libsql";
import type { Answer, Runner, Statement } from "./_rows.ts";

/** Most statements that are kept. There are fewer in the code, but for lists whose filters vary. */
const KEPT_MAX = 512;

interface Prepared {
  readonly statement: Engine.Statement;
  readonly returnsRows: boolean;
}

/** An open connection. */
export class Connection implements Runner {
  readonly #engine: Engine.Database;
  /** The least recently used first. */
  readonly #kept = new Map<string, Prepared>();

  /**
   * Opens a file that is there.
   *
   * @param timeoutMs How long a statement waits for another's lock; the thread sleeps meanwhile.
   */
  constructor(path: string, timeoutMs = 0) {
    this.#engine = new Engine(path, { timeout: timeoutMs });
  }

  execute(statement: Statement): Promise<Answer> {
    try {
      return Promise.resolve(this.#executeNow(statement));
    } catch (cause) {
      return Promise.reject(cause);
    }
  }

  /** Runs statements that give nothing back and are not kept. */
  run(sql: string): void {
    this.#engine.exec(sql);
  }

  /** Whether a transaction is open. */
  get isInTransaction(): boolean {
    return this.#engine.inTransaction;
  }

  /** Closes it, if it is open. */
  close(): void {
    this.#kept.clear();
    if (this.#engine.open) this.#engine.close();
  }

  #executeNow({ sql, args }: Statement): Answer {
    const { statement, returnsRows } = this.#prepare(sql);
    try {
      if (returnsRows) return { rows: statement.all(args) as Answer["rows"], rowsAffected: 0 };
      return { rows: [], rowsAffected: statement.run(args).changes };
    } catch (cause) {
      this.#kept.delete(sql);
      throw cause;
    }
  }

  #prepare(sql: string): Prepared {
    const found = this.#kept.get(sql) ?? this.#prepareAnew(sql);
    this.#kept.delete(sql);
    this.#kept.set(sql, found);
    return found;
  }

  #prepareAnew(sql: string): Prepared {
    const statement = this.#engine.prepare(sql);
    const returnsRows = statement.reader;
    if (returnsRows) statement.raw(true);
    if (this.#kept.size >= KEPT_MAX) {
      for (const [oldest] of this.#kept) {
        this.#kept.delete(oldest);
        break;
      }
    }
    return { statement, returnsRows };
  }
}
