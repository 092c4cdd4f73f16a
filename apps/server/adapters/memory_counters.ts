/**
 * Counts in memory, for a server of one process.
 *
 * Bounded: an entry that is back at nothing means the same as none and is swept out as new ones
 * come; when it is crowded, the emptiest of a few gives way. So a flood of addresses, each with
 * little spent, pushes out its own kind, and a caller that is held stays held: to push it out takes
 * as many callers as there are entries, each with half of its count spent.
 *
 * @module
 */

import {
  type Count,
  type Counters,
  countOne,
  type RateRule,
  type SpentUntilUs,
} from "@postern/auth";
import type { EpochMs } from "@postern/std";

/** Counters that answer at once. */
export interface MemoryCounters extends Counters {
  take(key: string, rule: RateRule, now: EpochMs): Count;
  reset(key: string): void;
  /** Puts what was counted elsewhere in the place of what is there. */
  keep(key: string, counted: Counted): void;
  /** How many entries are held, at most the limit. */
  size(): number;
}

/** What was counted under a key elsewhere. */
export interface Counted {
  readonly rule: RateRule;
  readonly spentUntilUs: SpentUntilUs;
  readonly now: EpochMs;
}

interface Entry {
  spentUntilUs: number;
  windowMs: number;
}

/** Entries that are held at most: some 20 MB. */
const ENTRY_LIMIT = 100_000;

/** Share of the limit from which on new entries push out emptier ones, if such are near. */
const CROWDED_SHARE = 7 / 8;

/** Entries that each new one looks at, to sweep out those that mean nothing any more. */
const SWEPT_PER_NEW = 4;

/** Entries among which the emptiest is sought when crowded; and the most, where none is empty enough. */
const SAMPLED_WHEN_CROWDED = { least: 8, most: 64 } as const;

/** Spent share of a window up to which an entry may give way to a new one while there is room. */
const LIGHT_FILL = 0.5;

const US_PER_MS = 1_000;

/** Makes empty counters that hold at most `limit` entries. */
export function createMemoryCounters(limit: number = ENTRY_LIMIT): MemoryCounters {
  const entries = new Map<string, Entry>();
  // Goes round and round through the entries, a few steps at a time.
  let hand = entries.entries();

  function nextAtHand(): readonly [string, Entry] | undefined {
    const step = hand.next();
    if (!step.done) return step.value;
    hand = entries.entries();
    const first = hand.next();
    return first.done ? undefined : first.value;
  }

  /** Drops what is back at nothing among the next few; gives the emptiest of the others. */
  function sweep(steps: { readonly least: number; readonly most: number }, now: EpochMs) {
    let emptiest: string | undefined;
    let leastFill = Number.POSITIVE_INFINITY;
    for (let step = 0; step < steps.most; step += 1) {
      const met = nextAtHand();
      if (met === undefined || (step >= steps.least && leastFill < LIGHT_FILL)) break;
      const [key, entry] = met;
      const fill = fillOf(entry, now);
      if (fill <= 0) entries.delete(key);
      else if (fill < leastFill) {
        leastFill = fill;
        emptiest = key;
      }
    }
    return { emptiest, leastFill };
  }

  function makeRoom(now: EpochMs): void {
    sweep({ least: SWEPT_PER_NEW, most: SWEPT_PER_NEW }, now);
    // Twice, so that what a walk past held callers left over is made good by the next one.
    for (let round = 0; round < 2 && entries.size >= limit * CROWDED_SHARE; round += 1) {
      const { emptiest, leastFill } = sweep(SAMPLED_WHEN_CROWDED, now);
      if (emptiest === undefined) return;
      if (leastFill < LIGHT_FILL || entries.size >= limit) entries.delete(emptiest);
    }
  }

  return {
    take(key, rule, now) {
      const entry = entries.get(key);
      const step = countOne(rule, entry?.spentUntilUs, now);
      if (entry === undefined) {
        makeRoom(now);
        entries.set(key, { spentUntilUs: step.spentUntilUs, windowMs: rule.windowMs });
      } else {
        entry.spentUntilUs = step.spentUntilUs;
        entry.windowMs = rule.windowMs;
      }
      return step.count;
    },
    keep(key, { rule, spentUntilUs, now }) {
      if (!entries.has(key)) makeRoom(now);
      entries.set(key, { spentUntilUs, windowMs: rule.windowMs });
    },
    reset(key) {
      entries.delete(key);
    },
    size: () => entries.size,
  };
}

/** How much of its window an entry has spent: 0 or less for nothing, 1 for all. */
function fillOf(entry: Entry, now: EpochMs): number {
  return (entry.spentUntilUs / US_PER_MS - now) / entry.windowMs;
}
