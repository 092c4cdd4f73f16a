/**
 * Doing something on the server: with a sign-in anew where it is dangerous, and never by throwing.
 *
 * @module
 */

import { type Problem, problemOf } from "./problem.ts";
import { stepUps } from "./step_ups.ts";

/** What was done, or why not. */
export type Acted<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Does it. Where the server asks for a sign-in a moment ago, the administrator is asked, and the very
 * same call is made again.
 *
 * @param title What is about to be done, in words for the administrator.
 */
export async function act<T>(title: string, run: () => Promise<T>): Promise<Acted<T>> {
  const first = await attempt(run);
  if (first.ok || first.problem.code !== "step_up_required" || first.problem.call === null) {
    return first;
  }
  const stepped = await stepUps.ask({ ...first.problem.call, title });
  return stepped === null ? await attempt(run) : { ok: false, problem: stepped };
}

async function attempt<T>(run: () => Promise<T>): Promise<Acted<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
