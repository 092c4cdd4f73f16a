/**
 * Accounts, made and used through the interface that people use.
 *
 * @module
 */

import { createHttpClient, type HttpClient } from "../../support/http_client.ts";
import type { SmtpPeer } from "../../support/smtp_peer.ts";
import { PUBLIC_URL } from "./start_postern.ts";

/** An account, and what opens it. */
export interface Account {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** The only password: none of these accounts is of any use to anybody. */
export const PASSWORD = "seven quiet herons";

/** Signs up an account and follows the link in its mail. `index` also makes the caller's address. */
export async function signUp(url: URL, peer: SmtpPeer, index: number): Promise<Account> {
  const username = `bench-${index}`;
  const account = { username, email: `${username}@example.com`, password: PASSWORD };
  const client = newBrowser(url, { "X-Forwarded-For": `10.0.${index >> 8}.${index & 255}` });
  await expectStatus(client, 202, ["/api/v1/auth/signup", { ...account, name: "Bench" }]);
  const { text } = await peer.next(account.email);
  const token = /#token=([\w-]+)/.exec(text)?.[1];
  await expectStatus(client, 200, ["/api/v1/auth/verify-email", { token }]);
  return account;
}

/** The status of a server whose line of passwords is full, and how often it is asked again. */
const BUSY = 503;
const BUSY_RETRIES = 30;

/** Signs in as a browser does. Gives its Cookie header. */
export async function signIn(url: URL, account: Account): Promise<string> {
  const client = newBrowser(url);
  const { username: identifier, password } = account;
  await expectStatus(client, 200, ["/api/v1/auth/login", { identifier, password }]);
  return client.jar.header() ?? "";
}

/** Signs in as a program does. Gives its refresh token. */
export async function takeRefreshToken(url: URL, account: Account): Promise<string> {
  const { username: identifier, password } = account;
  const answer = await expectStatus(newBrowser(url), 200, [
    "/api/v1/auth/token",
    { identifier, password },
  ]);
  return (answer.json as { readonly refresh_token: string }).refresh_token;
}

/** What a browser has before it signs in: its cookies, and the token that goes with them. */
export interface CsrfPair {
  readonly cookie: string;
  readonly token: string;
}

/** Fetches the pair that signing in needs. */
export async function takeCsrfPair(url: URL): Promise<CsrfPair> {
  const client = newBrowser(url);
  await client.get("/api/v1/auth/csrf");
  return { cookie: client.jar.header() ?? "", token: client.jar.find("csrftoken") ?? "" };
}

function newBrowser(url: URL, headers: Readonly<Record<string, string>> = {}): HttpClient {
  return createHttpClient({ url: url.href, origin: PUBLIC_URL, headers });
}

async function expectStatus(
  client: HttpClient,
  status: number,
  [path, body]: readonly [path: string, body: unknown],
) {
  let answer = await client.post(path, body);
  // A server that shares its core with others hashes slowly, and says when it is busy.
  for (let retry = 0; answer.status === BUSY && retry < BUSY_RETRIES; retry += 1) {
    await Bun.sleep(1_000 * Number(answer.headers.get("retry-after") ?? 1));
    answer = await client.post(path, body);
  }
  if (answer.status === status) return answer;
  throw new Error(`Cannot prepare accounts: ${path} answered ${answer.status} ${answer.text}`);
}
