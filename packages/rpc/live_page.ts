/**
 * The newest page of a list, told again whenever other rows are on it.
 *
 * The whole page is told, and not what is new: so nothing is missed however rows come and go, in
 * whichever process, and whoever was cut off needs no more than the next piece.
 *
 * @module
 */

import { before, type EpochMs, epochMs, seconds } from "@postern/std";
import { type Listener, tell } from "./streams.ts";

/** How often it is looked at, at most. */
const LOOK_EVERY_MS = seconds(1);

/** How many times as long as a look took it is left alone: a query that finds little takes a long walk. */
const REST_FACTOR = 10;

/** A page of rows. */
interface RowPage<Row> {
  items: Row[];
  next: string | null;
}

/** Which list, and how its rows are told apart. */
export interface LivePage<Row> {
  readonly output: { parse(value: unknown): RowPage<Row> };
  readonly read: () => Promise<RowPage<Row>>;
  /** What of a row makes it another one. */
  readonly markOf: (row: Row) => string;
}

/** Follows it. */
export function tellPage<Row>(listener: Listener, { output, read, markOf }: LivePage<Row>) {
  const { clock } = listener.deps;
  let told: string | null = null;
  let lookAgainAt: EpochMs = before(clock.now(), LOOK_EVERY_MS);
  return tell<RowPage<Row>>(listener, {
    output,
    everyMs: LOOK_EVERY_MS,
    read: async () => {
      const begun = clock.now();
      if (begun < lookAgainAt) return { more: false };
      const data = await read();
      const now = clock.now();
      lookAgainAt = epochMs(begun + Math.max(LOOK_EVERY_MS, REST_FACTOR * (now - begun)));
      const mark = data.items.map(markOf).join(" ");
      if (mark === told) return { more: false };
      told = mark;
      return { more: false, tell: { id: String(now), data } };
    },
  });
}
