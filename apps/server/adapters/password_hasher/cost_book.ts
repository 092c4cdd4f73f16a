/**
 * What computing a hash of each format has taken lately.
 *
 * The mean says how long a line of them takes. The peak, which falls slowly, says how long a
 * refusal must take to hide the format.
 *
 * @module
 */

import type { StoredFormat } from "./stored_format.ts";

interface Cost {
  readonly meanMs: number;
  readonly peakMs: number;
}

/** What to expect of a format that was not computed yet, on an ordinary machine. */
const EXPECTED_MS: Readonly<Record<StoredFormat, number>> = {
  ours: 15,
  argon2: 60,
  bcrypt: 250,
  bcrypt_sha256: 250,
  pbkdf2_sha256: 150,
  scrypt: 100,
};

const MEAN_WEIGHT = 0.1;
const PEAK_WEIGHT = 0.02;

/** Remembers costs. */
export interface CostBook {
  /** Notes what one computation took. */
  note(format: StoredFormat, ms: number): void;
  /** What one computation is expected to take. */
  expectedMs(format: StoredFormat): number;
  /** The dearest of the formats that are not ours and were computed; zero where there was none. */
  foreignPeakMs(): number;
}

/** Makes an empty book. */
export function createCostBook(): CostBook {
  const costs = new Map<StoredFormat, Cost>();
  return {
    note(format, ms) {
      const cost = costs.get(format) ?? { meanMs: EXPECTED_MS[format], peakMs: 0 };
      costs.set(format, {
        meanMs: cost.meanMs + (ms - cost.meanMs) * MEAN_WEIGHT,
        peakMs: Math.max(ms, cost.peakMs + (ms - cost.peakMs) * PEAK_WEIGHT),
      });
    },
    expectedMs(format) {
      return costs.get(format)?.meanMs ?? EXPECTED_MS[format];
    },
    foreignPeakMs() {
      let peakMs = 0;
      for (const [format, cost] of costs) {
        if (format !== "ours") peakMs = Math.max(peakMs, cost.peakMs);
      }
      return peakMs;
    },
  };
}
