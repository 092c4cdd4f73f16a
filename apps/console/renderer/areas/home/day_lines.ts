/**
 * A day of samples as lines: each figure on a scale of its own, along the time.
 *
 * @module
 */

/** How things stood at a moment. */
export interface Sample {
  /** RFC 3339. */
  readonly at: string;
  readonly sessions: number;
  readonly sockets: number;
}

/** A figure of a sample. */
export type Figure = Exclude<keyof Sample, "at">;

/** Furthest back that lines reach, milliseconds: as far as the server keeps samples. */
const DAY_MS = 86_400_000;

/** Least that is shown, so that the first samples are no mountains. */
const SHOWN_MIN_MS = 600_000;

/** The time along which lines are drawn, milliseconds since the epoch. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Where a line is drawn, in units of the drawing. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly span: Span;
}

/** The time from the first sample until now, at most a day. */
export function spanOf(samples: readonly Sample[], nowMs: number): Span {
  const [first] = samples;
  const begunMs = first === undefined ? nowMs : Date.parse(first.at);
  return {
    fromMs: Math.max(nowMs - DAY_MS, Math.min(begunMs, nowMs - SHOWN_MIN_MS)),
    toMs: nowMs,
  };
}

/** The most that a figure came to; at least one, so that nothing is a flat line at the foot. */
export function mostOf(samples: readonly Sample[], figure: Figure): number {
  return Math.max(1, ...samples.map((sample) => sample[figure]));
}

/** The points of a figure's line, as SVG writes them. @param samples Oldest first. */
export function pointsOf(
  samples: readonly Sample[],
  figure: Figure,
  { width, height, span }: Plot,
): string {
  const most = mostOf(samples, figure);
  return samples
    .map((sample) => {
      const x = width * shareOf(sample, span);
      const y = height - (sample[figure] / most) * height;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}

/** How far along the time a sample is, from 0 to 1. */
export function shareOf({ at }: Pick<Sample, "at">, { fromMs, toMs }: Span): number {
  return Math.min(1, Math.max(0, (Date.parse(at) - fromMs) / (toMs - fromMs)));
}

/** The sample nearest to a place along the time; undefined where there is none. */
export function nearest(samples: readonly Sample[], share: number, span: Span): Sample | undefined {
  const away = (sample: Sample) => Math.abs(shareOf(sample, span) - share);
  return samples.toSorted((one, other) => away(one) - away(other))[0];
}

/** One sample of each hour, the last of it, oldest first. */
export function hourly(samples: readonly Sample[]): readonly Sample[] {
  const byHour = new Map(samples.map((sample) => [sample.at.slice(0, 13), sample]));
  return [...byHour.values()];
}
