/**
 * Seats of accounts at conversations: the requests that open their connections.
 *
 * @module
 */

import { createHttpClient } from "../../support/http_client.ts";
import { inGroups } from "../in_groups.ts";
import type { Account } from "../postern/account.ts";
import { PUBLIC_URL } from "../postern/start_postern.ts";

/** Who sits at the conversation. */
export interface Table {
  readonly members: readonly Account[];
  /** Connections of each. */
  readonly each: number;
}

/** Sign-ins under way at once. */
const AT_ONCE = 16;

/** Starts a conversation of accounts. Gives the requests of their connections, one of each member in turn. */
export async function seat(url: URL, { members, each }: Table): Promise<readonly string[]> {
  const tokens = await inGroups(members, AT_ONCE, (account) => takeToken(url, account));
  const room = await startRoom(url, members, tokens[0] ?? "");
  return Array.from({ length: each }, () => tokens)
    .flat()
    .map((token, index) => upgradeRequest(url, `/ws/chat/${room}?token=${token}`, index));
}

/** The request that opens a WebSocket, from an address of its own. */
export function upgradeRequest(url: URL, path: string, index: number): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: ${url.host}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
    `Origin: ${PUBLIC_URL}`,
    `X-Forwarded-For: 10.2.${(index >> 8) & 255}.${index & 255}`,
    "\r\n",
  ].join("\r\n");
}

async function takeToken(url: URL, { username, password }: Account): Promise<string> {
  const body = { identifier: username, password };
  const answer = await post(url, "/api/v1/auth/token", { body });
  return (answer as { readonly access_token: string }).access_token;
}

async function startRoom(url: URL, members: readonly Account[], token: string): Promise<string> {
  const body = { title: "Bench", members: members.slice(1).map(({ username }) => username) };
  const answer = await post(url, "/api/v1/conversations", { body, token });
  return (answer as { readonly id: string }).id;
}

async function post(
  url: URL,
  path: string,
  { body, token }: { readonly body: unknown; readonly token?: string },
): Promise<unknown> {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const client = createHttpClient({ url: url.href, origin: PUBLIC_URL, headers });
  const answer = await client.post(path, body, { csrf: false });
  if (answer.status < 300) return answer.json;
  throw new Error(`Cannot prepare the chat: ${path} answered ${answer.status} ${answer.text}`);
}
