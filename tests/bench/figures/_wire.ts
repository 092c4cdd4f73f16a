/**
 * The requests that are measured, as they go over the wire.
 *
 * @module
 */

import { CSRF_HEADER } from "@postern/wire";
import { inGroups } from "../in_groups.ts";
import { requestText } from "../load/request_text.ts";
import { type Account, signIn, takeCsrfPair } from "../postern/account.ts";
import { PUBLIC_URL } from "../postern/start_postern.ts";

/** Path of the signed-in user. */
export const ME_PATH = "/api/v1/auth/me";

const LOGIN_PATH = "/api/v1/auth/login";
const REFRESH_PATH = "/api/v1/auth/refresh";

/** Sign-ins under way at once while preparing. */
const AT_ONCE = 16;

/** What a browser sends beside what the call needs. */
const BROWSER_HEADERS = {
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  Accept: "application/json",
  "Accept-Language": "en-US,en;q=0.5",
  "Accept-Encoding": "gzip, deflate, br",
} as const;

/** What a GET with cookies asks for. */
export interface GetParts {
  readonly path: string;
  readonly cookie: string;
  /** Set where the page that asks is of another origin. */
  readonly origin?: string;
}

/** A GET of a page's, with cookies. */
export function getRequest(url: URL, { path, cookie, origin }: GetParts): string {
  const from = origin === undefined ? {} : { Origin: origin };
  const headers = { ...BROWSER_HEADERS, ...from, Cookie: cookie };
  return requestText({ method: "GET", path, host: url.host, headers });
}

/** Signs in the accounts. Gives the Cookie header of each. */
export async function signInAll(url: URL, accounts: readonly Account[]): Promise<string[]> {
  return await inGroups(accounts, AT_ONCE, (account) => signIn(url, account));
}

/** Requests to sign in, one an account. */
export async function loginRequests(url: URL, accounts: readonly Account[]): Promise<string[]> {
  const { cookie, token } = await takeCsrfPair(url);
  const headers = { ...BROWSER_HEADERS, Origin: PUBLIC_URL, Cookie: cookie, [CSRF_HEADER]: token };
  return accounts.map(({ username: identifier, password }) => {
    const body = { identifier, password };
    return requestText({ method: "POST", path: LOGIN_PATH, host: url.host, headers, body });
  });
}

/** A request to refresh, of a program without cookies. */
export function refreshRequest(url: URL, refresh_token: string): string {
  const headers = { "User-Agent": "bench/1", Accept: "application/json" };
  const body = { refresh_token };
  return requestText({ method: "POST", path: REFRESH_PATH, host: url.host, headers, body });
}
