/**
 * Small writes of one kind, gathered while they wait for the lane and done by the same statements.
 *
 * @module
 */

import type { Writer } from "./writer.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Most items that are done at once. */
const BATCH_MAX = 256;

interface Batch<Item, Outcome> {
  readonly items: Item[];
  readonly outcomes: Promise<readonly Outcome[]>;
}

/**
 * Makes a function that does an item together with those that come before the lane is free.
 *
 * @param doAll Does items in their order, and gives an outcome for each.
 */
export function batched<Item, Outcome>(
  writer: Writer,
  doAll: (tx: WriterTx, items: readonly Item[]) => Promise<readonly Outcome[]>,
): (item: Item) => Promise<Outcome> {
  let open: Batch<Item, Outcome> | null = null;

  function close(items: readonly Item[]): void {
    if (open?.items === items) open = null;
  }

  async function run(items: readonly Item[]): Promise<readonly Outcome[]> {
    try {
      return await writer.run((tx) => {
        close(items);
        return doAll(tx, items);
      });
    } finally {
      close(items);
    }
  }

  return async (item) => {
    if (open === null || open.items.length >= BATCH_MAX) {
      const fresh: Item[] = [];
      open = { items: fresh, outcomes: run(fresh) };
    }
    const { items, outcomes } = open;
    const place = items.push(item) - 1;
    const outcome = (await outcomes)[place];
    if (outcome === undefined) throw new RangeError("Cannot do a batch: an item has no outcome");
    return outcome;
  };
}
