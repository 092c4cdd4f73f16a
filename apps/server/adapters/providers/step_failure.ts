/**
 * Why a step of talking to a provider came to nothing, for the log and for the port.
 *
 * All words in it are ours: nothing that a provider wrote, and nothing secret, gets in.
 *
 * @module
 */

import type { ProviderFailure } from "@postern/auth";
import { err } from "@postern/std";
import type { OutgoingError } from "./outgoing.ts";

/** What was being done. */
export type Step =
  | "visit"
  | "discovery"
  | "keys"
  | "token"
  | "id_token"
  | "userinfo"
  | "account"
  | "return";

/** Why it came to nothing. */
export interface StepFailure {
  readonly step: Step;
  readonly reason: ProviderFailure["reason"];
  /** A word or two for the operator. */
  readonly why: string;
  /** Of the answer; null where there was none. */
  readonly status: number | null;
}

/** Makes a failure. */
export function stepFailed(
  step: Step,
  reason: ProviderFailure["reason"],
  told: { readonly why: string; readonly status?: number | null },
) {
  return err({ step, reason, why: told.why, status: told.status ?? null } satisfies StepFailure);
}

/** Faults that say that nothing, or nothing of the provider's own, was reached. */
const UNREACHED: ReadonlySet<OutgoingError["code"]> = new Set([
  "bad_url",
  "not_public",
  "unresolved",
  "busy",
  "timeout",
  "unreachable",
  "tls",
]);

/** Makes a failure of a call that has no answer to speak of. */
export function callFailed(step: Step, { code, status }: OutgoingError) {
  const isDown = UNREACHED.has(code) || isPassing(status ?? 0);
  return stepFailed(step, isDown ? "unreachable" : "bad_answer", { why: code, status });
}

/** Makes a failure of an answer whose status is not what it should be. */
export function statusFailed(step: Step, status: number) {
  const reason = isPassing(status) ? "unreachable" : "bad_answer";
  return stepFailed(step, reason, { why: "status", status });
}

/** Tells whether a status says to try again later. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 429;
}
