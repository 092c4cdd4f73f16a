/**
 * While a secret is being replaced, the one before is tried where the new one is refused.
 *
 * @module
 */

import type { OpenProvider } from "@postern/auth";
import { ok, type Result } from "@postern/std";
import type { StepFailure } from "./step_failure.ts";

/** What came of it, and by which secret. */
export interface BySecret<T> {
  readonly value: T;
  readonly usedSecret: "current" | "previous";
}

/** Tries the current secret, then, where the provider does not know us by it, the previous one. */
export async function bySecret<T>(
  provider: OpenProvider,
  attempt: (secret: string) => Promise<Result<T, StepFailure>>,
): Promise<Result<BySecret<T>, StepFailure>> {
  const current = await attempt(provider.clientSecret);
  if (current.ok) return ok({ value: current.value, usedSecret: "current" });
  if (current.error.reason !== "invalid_client" || provider.previousSecret === null) return current;
  const previous = await attempt(provider.previousSecret);
  return previous.ok ? ok({ value: previous.value, usedSecret: "previous" }) : previous;
}
