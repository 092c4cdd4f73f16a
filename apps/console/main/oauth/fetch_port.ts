/**
 * The network, as main uses it: every answer in time, no redirect followed, no cookie kept.
 *
 * @module
 */

/** Asks a server. The platform's own `fetch` is one. */
export type Fetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

/** Longest wait for an answer that is no stream. */
const ANSWER_MAX_MS = 20_000;

/** Asks once. Throws where there is no answer in time, and where the server sends elsewhere. */
export async function ask(
  fetch: Fetch,
  address: string,
  init: RequestInit = {},
): Promise<Response> {
  const inTime = AbortSignal.timeout(ANSWER_MAX_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, inTime]) : inTime;
  return await fetch(address, { ...init, signal, redirect: "error", credentials: "omit" });
}
