/**
 * A transaction of the lane, as one write sees it.
 *
 * @module
 */

import type { Change, NewEvent } from "@postern/auth";
import { asStored } from "./_event_row.ts";
import type { Answer, Runner, Statement } from "./_rows.ts";
import type { Transaction } from "./database.ts";

/** A transaction, until the write that it is for has ended. What uses it later throws. */
export interface WriterTx extends Runner {
  /** Adds an event to the chain, at the end of the transaction. */
  append(event: NewEvent): void;
  /** Tells every instance what to forget, once the transaction has committed. */
  announce(change: Change): void;
}

/** A transaction that is open, with what is to be told of it. */
export class OpenTx implements WriterTx {
  readonly events: NewEvent[] = [];
  readonly changes: Change[] = [];
  #transaction: Transaction | null;

  /** Lends a transaction, until `end`. */
  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  execute(statement: Statement): Promise<Answer> {
    return this.#open().execute(statement);
  }

  append(event: NewEvent): void {
    this.#open();
    this.events.push(asStored(event));
  }

  announce(change: Change): void {
    this.#open();
    this.changes.push(change);
  }

  /** Takes the transaction back. */
  end(): void {
    this.#transaction = null;
  }

  #open(): Transaction {
    if (this.#transaction === null) {
      throw new TypeError("Cannot use a transaction: the write that it was for has ended");
    }
    return this.#transaction;
  }
}
