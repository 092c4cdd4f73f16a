/**
 * Tells whether calls take different times, against the noise of the machine that they run on.
 *
 * Calls of every kind are made in rounds, each round in an order of its own, so that what the machine
 * does meanwhile meets all of them. Of each kind the differences to the first are taken round by
 * round: their median is the difference, and how far they scatter around it says what it may be by
 * chance.
 *
 * @module
 */

/** A kind of call, and how to make one. */
export interface TimedKind {
  readonly name: string;
  readonly call: () => Promise<void>;
}

/** How one kind differs from the first. */
export interface Difference {
  readonly name: string;
  /** Median of the differences, milliseconds. */
  readonly medianMs: number;
  /** What the median may be by chance, milliseconds. */
  readonly noiseMs: number;
}

/** Times of all rounds, by the name of the kind, milliseconds. */
export type Times = ReadonlyMap<string, readonly number[]>;

/** Rounds that are not counted: threads start, code is compiled, and costs are learnt. */
const WARM_UP_ROUNDS = 2;

/** How many standard errors a median may lie away by chance. */
const ERRORS = 6;

/** A difference that nobody could measure through a network, milliseconds. */
const SLACK_MS = 4;

/** From the median absolute deviation to the standard deviation, and to the standard error of a median. */
const DEVIATION = 1.4826;
const MEDIAN_ERROR = 1.2533;

/** Fewest rounds, however slow the machine is. */
const LEAST_ROUNDS = 6;

/** After so long no round is added to the fewest, milliseconds. */
const ENOUGH_MS = 40_000;

/** Makes the calls, in so many rounds; in fewer where the machine is slow. */
export async function timeInRounds(kinds: readonly TimedKind[], rounds: number): Promise<Times> {
  const times = new Map(kinds.map(({ name }) => [name, [] as number[]]));
  const enoughAt = performance.now() + ENOUGH_MS;
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    if (round >= LEAST_ROUNDS && performance.now() > enoughAt) break;
    for (const { name, call } of shuffled(kinds)) {
      const startedAt = performance.now();
      await call();
      if (round >= 0) times.get(name)?.push(performance.now() - startedAt);
    }
  }
  return times;
}

/** Compares every kind with the first. */
function differencesOf(times: Times): readonly Difference[] {
  const [[, first] = ["", []], ...others] = times;
  return others.map(([name, series]) => {
    const differences = series.map((ms, round) => ms - (first[round] ?? 0));
    const medianMs = medianOf(differences);
    const scatter = medianOf(differences.map((ms) => Math.abs(ms - medianMs))) * DEVIATION;
    const error = (MEDIAN_ERROR * scatter) / Math.sqrt(differences.length);
    return { name, medianMs, noiseMs: ERRORS * error + SLACK_MS };
  });
}

/** Those kinds that take another time than the first. */
export function tellingOf(times: Times): readonly Difference[] {
  return differencesOf(times).filter(({ medianMs, noiseMs }) => Math.abs(medianMs) > noiseMs);
}

/** The middle of some numbers. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
