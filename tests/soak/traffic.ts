/**
 * What people do, how often, and what came of it.
 *
 * @module
 */

import { LatencyBook } from "./latency_book.ts";
import type { Outcome } from "./outcome.ts";

/** Something that somebody does now and then. */
export interface Act {
  readonly kind: string;
  /** Of all acts so many in a thousand. */
  readonly weight: number;
  /** Begins one; nothing where everybody who could is busy. */
  begin(): Promise<Outcome> | undefined;
}

/** How often each outcome was had. */
export interface Tally {
  done: number;
  busy: number;
  failed: number;
  odd: number;
  /** Was due, and had nobody who was free. */
  skipped: number;
}

/** What is told of it. */
export interface TrafficHooks {
  isTroubled(): boolean;
  /** Told what came of an act that was not done as promised, and whether something was broken on purpose. */
  onTrouble(kind: string, outcome: Outcome, wasTroubled: boolean): void;
}

/** Traffic. */
export class Traffic {
  /** Answers as promised while nothing was broken, and while something was. */
  readonly calm = new LatencyBook();
  readonly troubled = new LatencyBook();
  readonly tallies = new Map<string, Tally>();
  readonly #deck: readonly Act[];
  readonly #hooks: TrafficHooks;
  #next = 0;
  underWay = 0;

  constructor(acts: readonly Act[], hooks: TrafficHooks) {
    this.#deck = shuffled(acts);
    this.#hooks = hooks;
  }

  /** Does the next act; false where nobody was free to. */
  async one(): Promise<boolean> {
    const act = this.#deck[this.#next % this.#deck.length];
    this.#next += 1;
    if (act === undefined) return false;
    const tally = this.tallies.get(act.kind) ?? { done: 0, busy: 0, failed: 0, odd: 0, skipped: 0 };
    this.tallies.set(act.kind, tally);
    const wasTroubled = this.#hooks.isTroubled();
    const startedAt = performance.now();
    const begun = act.begin();
    if (begun === undefined) {
      tally.skipped += 1;
      return false;
    }
    this.underWay += 1;
    const outcome = await settle(begun);
    this.underWay -= 1;
    const isTroubled = wasTroubled || this.#hooks.isTroubled();
    tally[outcome.as] += 1;
    if (outcome.as === "done") {
      const book = isTroubled ? this.troubled : this.calm;
      book.note(act.kind, performance.now() - startedAt);
    } else this.#hooks.onTrouble(act.kind, outcome, isTroubled);
    return true;
  }

  /** As many at once as are given, each after the other, for a time. Gives how many a second were done. */
  async runClosed(atOnce: number, durationMs: number): Promise<number> {
    const startedAt = performance.now();
    let done = 0;
    const lane = async () => {
      while (performance.now() - startedAt < durationMs) {
        if (await this.one()) done += 1;
        // Nothing was waited for.
        else await Bun.sleep(1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return (done / (performance.now() - startedAt)) * 1_000;
  }

  /** So many a second, whatever comes back, until it is told to stop. Gives how many it began. */
  async runOpen(perSecond: number, stop: AbortSignal): Promise<number> {
    const startedAt = performance.now();
    let begun = 0;
    while (!stop.aborted) {
      const due = ((performance.now() - startedAt) / 1_000) * perSecond;
      for (; begun < due; begun += 1) void this.one();
      await Bun.sleep(TICK_MS);
    }
    return begun;
  }
}

const TICK_MS = 5;

/** An act that throws has had no answer that it could judge. */
async function settle(begun: Promise<Outcome>): Promise<Outcome> {
  try {
    return await begun;
  } catch (cause) {
    return { as: "failed", detail: String(cause) };
  }
}

/** A thousand acts or so, each as often as its weight, spread evenly, and in the same order each time. */
function shuffled(acts: readonly Act[]): readonly Act[] {
  return acts
    .flatMap((act, row) =>
      Array.from({ length: act.weight }, (_, index) => ({
        act,
        at: (index + 0.5) / act.weight + row * 1e-6,
      })),
    )
    .toSorted((a, b) => a.at - b.at)
    .map(({ act }) => act);
}

/** Those who do one thing at a time. */
export class Pool<Person> {
  readonly #free: Person[];

  constructor(people: readonly Person[]) {
    this.#free = [...people];
  }

  /** Has one of them do something; nothing where all are busy. */
  use(work: (person: Person) => Promise<Outcome>): Promise<Outcome> | undefined {
    const person = this.#free.shift();
    if (person === undefined) return undefined;
    return work(person).finally(() => this.#free.push(person));
  }
}
