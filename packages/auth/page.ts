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
  /** Whether the key that was given is none of this list's; there are no items then. */
  readonly isBadCursor?: boolean;
}

/** Which page: how many, and after which key. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}
