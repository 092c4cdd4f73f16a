/**
 * Messages that were sent and of which it is not known yet that they are stored.
 *
 * @module
 */

/** What became of a message. */
export type Stored =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly code: "ended" };

/** A message that waits to be acknowledged. */
export interface Unacknowledged {
  readonly id: string;
  readonly text: string;
}

interface Entry extends Unacknowledged {
  readonly settle: (stored: Stored) => void;
  /** Whether the connection that is open now has carried it. */
  isCarried: boolean;
}

/** The outbox of one conversation. */
export interface Outbox {
  /** Puts a message in; answered when it is stored, or when no connection will come any more. */
  add(message: Unacknowledged): Promise<Stored>;
  /** Gives the oldest message that the connection has not carried yet, and takes it for carried. */
  next(): Unacknowledged | undefined;
  /** Takes all for not carried, since the connection that did is gone. */
  rewind(): void;
  /** Takes a message out that is stored. */
  settle(id: string, seq: number): void;
  /** Gives up on all that wait. */
  end(): void;
}

/** Makes an outbox. It keeps the order in which messages were put in. */
export function createOutbox(): Outbox {
  const entries = new Map<string, Entry>();
  return {
    add: (message) =>
      new Promise((settle) => {
        entries.set(message.id, { ...message, settle, isCarried: false });
      }),
    next() {
      for (const entry of entries.values()) {
        if (entry.isCarried) continue;
        entry.isCarried = true;
        return entry;
      }
      return undefined;
    },
    rewind() {
      for (const entry of entries.values()) entry.isCarried = false;
    },
    settle(id, seq) {
      const entry = entries.get(id);
      entries.delete(id);
      entry?.settle({ ok: true, seq });
    },
    end() {
      for (const entry of entries.values()) entry.settle({ ok: false, code: "ended" });
      entries.clear();
    },
  };
}
