/**
 * What somebody wants to be told of by a notification of the system.
 *
 * @module
 */

import { usePreference } from "../state/preferences.ts";

/** A rule: events that match are told of. */
export interface NoticeRule {
  readonly query: string;
  /** Fewest new events for a notification. */
  readonly atLeast: number;
}

const NO_RULES: readonly NoticeRule[] = [];

/** The rules, and a way to change them. */
export function useNoticeRules(): readonly [
  readonly NoticeRule[],
  (rules: readonly NoticeRule[]) => void,
] {
  return usePreference("notices", NO_RULES);
}
