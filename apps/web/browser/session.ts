/**
 * Who is signed in, as the pages see it.
 *
 * @module
 */

import type { User } from "@postern/wire";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { api, ME_KEY, queries } from "./api.ts";
import { BOOT } from "./boot_data.ts";
import { ProblemError, unwrap } from "./problem_error.ts";

/** Whether this browser may be signed in. A stranger's page does not ask who it is. */
let mayBeSignedIn = BOOT.hasCredentials;

/** Asks who is signed in, unless it cannot be anybody. */
export function useMe(): UseQueryResult<User> {
  return useQuery({
    queryKey: ME_KEY,
    queryFn: () => unwrap(api.getMe()),
    enabled: mayBeSignedIn,
    staleTime: 30_000,
  });
}

/** Asks anew who is signed in, past what is kept; `undefined` for nobody, or no answer. */
export async function askWho(): Promise<User | undefined> {
  const answer = await api.getMe();
  if (!answer.ok) return undefined;
  noteUser(answer.value);
  return answer.value;
}

/** Keeps the user that a call has just answered with. */
export function noteUser(user: User): void {
  mayBeSignedIn = true;
  queries.setQueryData(ME_KEY, user);
}

/** Forgets everything that was kept, since somebody signed in or out. */
export function forgetUser(): void {
  mayBeSignedIn = false;
  api.forget();
  queries.clear();
}

/** Tells whether a failed question means that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.status === 401;
}

/** Whether this browser may be signed in, as far as is known. */
export function maybeSignedIn(): boolean {
  return mayBeSignedIn;
}
