/**
 * Conversations on a deployment, and members who connect to them.
 *
 * @module
 */

import { type ChatSocket, openChatSocket } from "./chat_socket.ts";
import { type Account, type Deployment, freshAddress, type Visitor } from "./deployment.ts";
import { whenNotBusy } from "./when_not_busy.ts";

/** What to connect with, beside the conversation. */
export interface Entry {
  /** Whose cookies; none by default. */
  readonly browser?: Visitor;
  /** `null`: none is sent. By default the server's own. */
  readonly origin?: string | null;
  /** Such as `?token=…`. */
  readonly query?: string;
  readonly address?: string;
}

/** Starts a conversation, and gives its id. */
export async function startConversation(
  maker: Account,
  members: readonly Account[] = [],
): Promise<string> {
  const body = { title: "Gate keepers", members: members.map((member) => member.username) };
  const made = await maker.browser.post("/api/v1/conversations", body);
  if (made.status !== 201) throw new Error(`Cannot start a conversation: ${made.text}`);
  return (made.json as { id: string }).id;
}

/** Connects to a conversation. */
export function enter(deployment: Deployment, conversation: string, entry: Entry): ChatSocket {
  const { browser, query = "", address = freshAddress() } = entry;
  const origin = entry.origin === undefined ? deployment.server.publicUrl : entry.origin;
  const cookie = browser?.jar.header();
  return openChatSocket({
    url: deployment.server.url,
    path: `/ws/chat/${conversation}${query}`,
    headers: {
      "X-Forwarded-For": address,
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...(origin === null ? {} : { Origin: origin }),
    },
  });
}

/** Connects, and waits until it is ready. */
export async function join(
  deployment: Deployment,
  conversation: string,
  entry: Entry,
): Promise<ChatSocket> {
  const socket = enter(deployment, conversation, entry);
  await socket.until(({ type }) => type === "ready");
  return socket;
}

/** Tokens of an account, without cookies. */
export async function tokensOf(
  deployment: Deployment,
  { username, password }: Account,
): Promise<{ readonly access_token: string; readonly refresh_token: string }> {
  const body = { identifier: username, password };
  const visitor = deployment.visitor();
  const answer = await whenNotBusy(() => visitor.post("/api/v1/auth/token", body));
  if (answer.status !== 200) throw new Error(`Cannot get tokens: ${answer.text}`);
  return answer.json as { access_token: string; refresh_token: string };
}
