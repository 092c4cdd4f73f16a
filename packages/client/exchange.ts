/**
 * One request, one response, and nothing clever.
 *
 * @module
 */

import { type Answer, offlineAnswer, readAnswer } from "./answer.ts";

/**
 * The network, handed in: a browser's `fetch`, a bot's, or a test's.
 */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request, before anything that proves who sends it. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request and reads its answer. */
export type Send = <T>(exchange: Exchange) => Promise<Answer<T>>;

/** Longest wait for an answer; argon2 behind a queue takes a second or two at worst. */
const ANSWER_LIMIT_MS = 30_000;

/**
 * Makes the function that sends requests.
 *
 * @param baseUrl Put before each path; empty for a page that calls its own origin.
 */
export function createSend(fetch: Fetch, baseUrl: string): Send {
  return async function send<T>(exchange: Exchange): Promise<Answer<T>> {
    const headers: Record<string, string> = { Accept: "application/json", ...exchange.headers };
    const init: RequestInit = {
      method: exchange.method,
      headers,
      credentials: "include",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    };
    if (exchange.body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(exchange.body);
    }
    try {
      return await readAnswer<T>(await fetch(`${baseUrl}${exchange.path}`, init));
    } catch {
      return offlineAnswer();
    }
  };
}
