/**
 * Sending the answer, and going where the server says.
 *
 * @module
 */

import type { ClientProblem } from "@postern/client";
import { useRef, useState } from "react";
import { api } from "../../browser/api.ts";
import { go } from "../../browser/location_store.ts";
import { withNext } from "../../browser/safe_next.ts";

/** How far the answer is. */
export type DecisionState =
  | { readonly kind: "open" }
  | { readonly kind: "busy" }
  | { readonly kind: "failed"; readonly problem: ClientProblem }
  | { readonly kind: "done"; readonly isAllowed: boolean };

/** Decides, once. */
export function useDecision(userId: string) {
  const [state, setState] = useState<DecisionState>({ kind: "open" });
  const isSending = useRef(false);

  async function decide(decision: "allow" | "deny"): Promise<void> {
    if (isSending.current) return;
    isSending.current = true;
    setState({ kind: "busy" });
    const asked = Object.fromEntries(new URLSearchParams(location.search));
    const answer = await api.decideAuthorization({ ...asked, user_id: userId, decision });
    isSending.current = false;
    if (answer.ok) {
      setState({ kind: "done", isAllowed: decision === "allow" });
      location.assign(answer.value.redirect_to);
      return;
    }
    if (isAnew(answer.problem)) return;
    setState({ kind: "failed", problem: answer.problem });
  }

  return { state, decide };
}

/** Whoever is no longer signed in, or has been for too long, signs in; who may no longer, or is another, is told. */
function isAnew({ code, status }: ClientProblem): boolean {
  if (code === "step_up_required" || status === 401) {
    const here = `${location.pathname}${location.search}`;
    go(withNext("/login", here), { isReplacing: true });
    return true;
  }
  if (code !== "forbidden" && code !== "conflict") return false;
  location.reload();
  return true;
}
