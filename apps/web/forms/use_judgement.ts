/**
 * What the server says of a password that is being chosen: whether it is a common one, or close to
 * its owner. The list of common ones is too large for a page, and of a link a page knows no owner.
 *
 * Asked for once typing rests, and only of passwords that meet the other rules, so rarely.
 *
 * @module
 */

import { useEffect, useState } from "react";
import { api } from "../browser/api.ts";
import type { Typed } from "./use_typed.ts";

/** What was said of one password; a rule is `null` while nothing was. */
export interface Judgement {
  readonly isUncommon: boolean | null;
  readonly isUnlike: boolean | null;
}

/** How long typing rests before the server is asked, milliseconds. */
const REST_MS = 400;

const UNKNOWN: Judgement = { isUncommon: null, isUnlike: null };

/**
 * Asks about what is typed.
 *
 * @param isWorthIt Whether it meets the rules that a page can tell by itself.
 * @param token Of a link that sets the password.
 */
export function useJudgement(
  typed: Typed,
  isWorthIt: boolean,
  token: string | undefined,
): Judgement {
  const [said, setSaid] = useState<{ readonly of: Typed; readonly judgement: Judgement }>();
  useEffect(() => {
    if (!isWorthIt) return undefined;
    let isStale = false;
    const timer = setTimeout(async () => {
      const answer = await api.checkPassword({ ...typed, token: token ?? null });
      if (isStale || !answer.ok) return;
      const codes = answer.value.failures.map(({ code }) => code);
      const judgement = {
        isUncommon: !codes.includes("password_common"),
        isUnlike: !codes.includes("password_similar"),
      };
      setSaid({ of: typed, judgement });
    }, REST_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [typed, isWorthIt, token]);
  return said?.of === typed ? said.judgement : UNKNOWN;
}
