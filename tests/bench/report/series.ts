/**
 * A figure at several sizes of what it depends on.
 *
 * @module
 */

/** A figure at sizes. */
export interface Series {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly (readonly [size: number, value: number])[];
}
