/**
 * A rule for notifications as it is typed, and tried before it is kept.
 *
 * @module
 */

import { useState } from "react";
import { api } from "../calls/api.ts";
import { type Problem, problemOf } from "../calls/problem.ts";
import { type NoticeRule, WITHIN_USUAL_MIN } from "./notice_rules.ts";

/** The draft, and what is done with it. */
export function useRuleDraft(known: readonly NoticeRule[], onAdd: (rule: NoticeRule) => void) {
  const [query, setQuery] = useState("");
  const [atLeast, setAtLeast] = useState("1");
  const [withinMin, setWithinMin] = useState(String(WITHIN_USUAL_MIN));
  const [problem, setProblem] = useState<Problem | null>(null);
  const rule: NoticeRule = {
    query: query.trim(),
    atLeast: Math.max(1, Number(atLeast) || 1),
    withinMin: Math.max(1, Number(withinMin) || WITHIN_USUAL_MIN),
  };
  const isNew = rule.query !== "" && known.every((one) => one.query !== rule.query);

  async function add(): Promise<void> {
    if (!isNew) return;
    try {
      // A query that cannot be read would never tell anything.
      await api.audit.list.query({ query: rule.query, limit: 1 });
    } catch (error) {
      setProblem(problemOf(error));
      return;
    }
    setProblem(null);
    onAdd(rule);
    setQuery("");
  }

  return {
    ...{ query, setQuery, atLeast, setAtLeast, withinMin, setWithinMin },
    ...{ rule, isNew, problem, add },
  };
}
