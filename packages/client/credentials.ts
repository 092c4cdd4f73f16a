/**
 * How a caller proves who it is: by a browser's cookies, or by tokens that it holds.
 *
 * @module
 */

import type { Answer, ClientProblem } from "./answer.ts";

/** A way of proving, with what it takes to mend it when the server no longer accepts it. */
export interface Credentials {
  /** Headers that a request of this method needs. Asks the server where it must. */
  headersFor(method: string): Promise<Answer<Readonly<Record<string, string>>>>;
  /** Tries to mend what a problem complains of. `true` if the call is worth making once more. */
  mend(problem: ClientProblem): Promise<boolean>;
  /** Gets credentials that last longer than those held now. `true` if that worked. */
  renew(): Promise<boolean>;
  /** Drops what was learnt, since somebody signed in or out. */
  forget(): void;
}

/**
 * Lets one caller at a time do some work, among all that share a name: a browser's tabs, through
 * Web Locks. Without one, calls of one client are still kept apart.
 */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Name of the lock under which tokens are refreshed. */
export const REFRESH_LOCK = "postern-refresh";

/** Runs work, unless it is under way already: then waits for that. */
export function singleFlight<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return function join(): Promise<T> {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** Tells whether a refresh may help. Wrong credentials and spent links are not of that kind. */
export function isExpiry(problem: ClientProblem): boolean {
  return problem.code === "token_expired" || problem.code === "unauthenticated";
}

/** Tells whether a problem, after all mending, says that nobody is signed in. */
export function isSignedOut(problem: ClientProblem): boolean {
  return isExpiry(problem) || problem.code === "session_ended";
}
