/**
 * A bot: somebody who takes part in a conversation by nothing but `@postern/client`.
 *
 * @module
 */

import {
  type Chat,
  type Client,
  createClient,
  memoryTokenBox,
  openChat,
  ticketEntrance,
  tokenEntrance,
  webSocketDial,
} from "@postern/client";
import type { ChatMessage } from "@postern/wire";
import { type Account, freshAddress } from "./deployment.ts";

/** How a bot comes in. */
export interface BotOptions {
  readonly url: string;
  readonly account: Account;
  readonly conversation: string;
  readonly by: "ticket" | "token";
}

/** A bot that has connected, or is about to. */
export interface ChatBot {
  readonly chat: Chat;
  readonly client: Client;
  /** All that it was told, from the first message on. */
  readonly heard: readonly ChatMessage[];
}

/** Signs in and connects. */
export async function openChatBot(options: BotOptions): Promise<ChatBot> {
  const { url, account, conversation } = options;
  const headers = { "X-Forwarded-For": freshAddress() };
  const tokens = memoryTokenBox();
  const client = createClient({
    baseUrl: url,
    tokens,
    fetch: (address, init) =>
      fetch(address, { ...init, headers: { ...(init.headers as object), ...headers } }),
  });
  const { username: identifier, password } = account;
  const answer = await client.issueTokens({ identifier, password });
  if (!answer.ok) throw new Error(`Cannot sign in: ${answer.problem.detail}`);
  const heard: ChatMessage[] = [];
  const chat = openChat({
    conversation,
    baseUrl: url,
    after: 0,
    entrance:
      options.by === "token" ? tokenEntrance(client, tokens) : ticketEntrance(client, tokens),
    ears: { message: (message) => heard.push(message) },
    dial: webSocketDial((address) => new WebSocket(address, { headers })),
    timers: {
      after(waitMs, work) {
        const timer = setTimeout(work, waitMs);
        return () => clearTimeout(timer);
      },
    },
    now: () => performance.now(),
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
  });
  return { chat, client, heard };
}
