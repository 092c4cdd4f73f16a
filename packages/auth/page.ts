/**
 * Pages of lists.
 *
 * @module
 */

/** A page of a list, newest first, by key. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Key after which the next page begins; null at the end. */
  readonly next: string | null;
}

/** Which page: how many, and after which key. A key that is not one of ours counts as the end. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}
