/**
 * What came of something that somebody did.
 *
 * @module
 */

import type { Answer } from "../support/http_client.ts";

/** What came of it. */
export type Outcome =
  /** What was promised. */
  | { readonly as: "done" }
  /** "Later": the server says that it has too much to do. */
  | { readonly as: "busy" }
  /** No answer, or that something is broken. Nothing was acknowledged. Fine only while something is. */
  | { readonly as: "failed"; readonly detail: string }
  /** What no fault excuses. */
  | { readonly as: "odd"; readonly detail: string };

/** What was promised. */
export const DONE: Outcome = { as: "done" };

const OK_END = 300;
const TOO_MANY = 429;
const BROKEN_FROM = 500;
const BUSY = 503;

/** How long somebody waits for an answer, milliseconds. */
const PATIENCE_MS = 30_000;

/** How much of an answer is quoted. */
const QUOTED = 200;

/** Waits for an answer; null where there was none. */
export async function attempt(call: Promise<Answer>): Promise<Answer | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), PATIENCE_MS);
  try {
    return await Promise.race([call, promise]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** An answer that says that it was done. */
type DoneAnswer = Answer & { readonly status: 200 | 201 | 202 | 204 };

/** Whether it was done. */
export function isDone(answer: Answer | null): answer is DoneAnswer {
  return answer !== null && answer.status < OK_END;
}

/** Whether what was asked for may have been done nevertheless. */
export function isUnsure(answer: Answer | null): boolean {
  return answer === null || answer.status >= BROKEN_FROM;
}

/** Judges an answer that should have been good. */
export function judge(answer: Answer | null, what: string): Outcome {
  if (answer === null) return { as: "failed", detail: `${what}: no answer` };
  const { status, text } = answer;
  if (status < OK_END) return DONE;
  if (status === BUSY || status === TOO_MANY) return { as: "busy" };
  const detail = `${what}: ${status} ${text.slice(0, QUOTED)}`;
  return { as: status >= BROKEN_FROM ? "failed" : "odd", detail };
}
