/**
 * What somebody wants to be told of by a notification of the system.
 *
 * @module
 */

import { usePreference } from "../state/preferences.ts";

/** A rule: so many events that match, within so long, are told of. */
export interface NoticeRule {
  readonly query: string;
  /** Fewest events for a notification. */
  readonly atLeast: number;
  /** Within how many minutes. */
  readonly withinMin: number;
}

/** Most rules: each is followed by a stream of its own, of which a console has sixteen at once. */
export const RULES_MAX = 8;

/** Minutes that rules count within before anybody chose. */
export const WITHIN_USUAL_MIN = 10;

/** A rule as it may have been kept. */
type KeptRule = Omit<NoticeRule, "withinMin"> & Partial<Pick<NoticeRule, "withinMin">>;

const NO_RULES: readonly KeptRule[] = [];

/** The rules, and a way to change them. */
export function useNoticeRules(): readonly [
  readonly NoticeRule[],
  (rules: readonly NoticeRule[]) => void,
] {
  const [kept, keep] = usePreference("notices", NO_RULES);
  const rules = kept.map((rule) => ({ withinMin: WITHIN_USUAL_MIN, ...rule }));
  return [rules.slice(0, RULES_MAX), keep];
}

/** A rule in words. */
export function ruleWords({ atLeast, withinMin }: NoticeRule): string {
  if (atLeast === 1) return "each time";
  return `${atLeast} within ${withinMin} ${withinMin === 1 ? "minute" : "minutes"}`;
}
