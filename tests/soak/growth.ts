/**
 * Whether something grows: a line through what was measured over time.
 *
 * @module
 */

/** What a server held at a time. */
export interface Sample {
  /** Milliseconds, by a clock that only rises. */
  readonly at: number;
  /** The process: what was measured of another one is no part of its line. */
  readonly pid: number;
  readonly residentMib: number;
  readonly files: number;
  readonly threads: number;
}

/** A line. */
export interface Trend {
  /** A minute. */
  readonly slope: number;
  /** Medians of the first and the last quarter of the samples. */
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
}

const MS_PER_MINUTE = 60_000;
const QUARTER = 4;

/** Fewer say nothing. */
const SAMPLES_LEAST = 8;

/**
 * Draws the line that has as many pairs of points rising above it as falling below (Theil and Sen): a few
 * points far off do not turn it.
 *
 * @returns Nothing where there are too few.
 */
export function trendOf(
  samples: readonly Sample[],
  measure: "residentMib" | "files" | "threads",
): Trend | undefined {
  const points = samples.map((sample) => [sample.at / MS_PER_MINUTE, sample[measure]] as const);
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < SAMPLES_LEAST || first === undefined || last === undefined) return undefined;
  const slopes: number[] = [];
  const stride = Math.max(1, Math.floor(points.length / 400));
  for (let a = 0; a < points.length; a += stride) {
    for (let b = a + stride; b < points.length; b += stride) {
      const [from, to] = [points[a], points[b]];
      if (from === undefined || to === undefined || from[0] === to[0]) continue;
      slopes.push((to[1] - from[1]) / (to[0] - from[0]));
    }
  }
  const values = points.map(([, value]) => value);
  const quarter = Math.ceil(values.length / QUARTER);
  return {
    slope: middle(slopes),
    from: middle(values.slice(0, quarter)),
    to: middle(values.slice(-quarter)),
    minutes: last[0] - first[0],
  };
}

function middle(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** A process that has worked holds some files that a new one does not, such as its threads'. */
const FILES_SPARE = 16;

/** Whether a process that everybody has left holds more than one that has seen nobody. */
export function holdsMore(left: Sample | undefined, fresh: Sample | undefined): boolean {
  return left !== undefined && fresh !== undefined && left.files > fresh.files + FILES_SPARE;
}

/** Shorter, a process is still warming up: what grows then says nothing, minutes. */
const JUDGED_FROM_MINUTES = 5;

/** From the first quarter of the time to its last, at most. */
const MAY_GROW = { residentMib: 0.15, files: 0.1, threads: 0.1 } as const;

/** So much is no growth. */
const SPARE = { residentMib: 12, files: 16, threads: 4 } as const;

/** Says what grows, in words; nothing where too little time passed to tell. */
export function judgeGrowth(samples: readonly Sample[]): readonly string[] {
  return (["residentMib", "files", "threads"] as const).flatMap((measure) => {
    const trend = trendOf(samples, measure);
    if (trend === undefined || trend.minutes < JUDGED_FROM_MINUTES) return [];
    const most = trend.from * (1 + MAY_GROW[measure]) + SPARE[measure];
    if (trend.to <= most) return [];
    const minutes = trend.minutes.toFixed(0);
    return [
      `${measure} grew from ${trend.from.toFixed(0)} to ${trend.to.toFixed(0)} in ${minutes} minutes`,
    ];
  });
}
