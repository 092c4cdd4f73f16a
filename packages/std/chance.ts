/**
 * Spreading things by chance.
 *
 * @module
 */

import type { Random } from "./random.ts";

/** Steps from 0 to 1: fine enough to spread times, and two bytes of randomness. */
const STEPS = 65_536;

/** Draws a number from 0 to just under 1, each as likely. For spreading times, not for secrets. */
export function chance(random: Random): number {
  const [high = 0, low = 0] = random.bytes(2);
  return (high * 256 + low) / STEPS;
}
