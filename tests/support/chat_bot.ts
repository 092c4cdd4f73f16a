/**
 * A bot: somebody who takes part in a conversation by nothing but `@postern/client`.
 *
 * @module
 */

import {
  type Chat,
  type Client,
  cookieEntrance,
  createClient,
  type Dial,
  type Entrance,
  memoryTokenBox,
  openChat,
  ticketEntrance,
  tokenEntrance,
  webSocketDial,
} from "@postern/client";
import type { ChatMessage } from "@postern/wire";
import type { CookieJar } from "./cookie_jar.ts";
import { type Account, freshAddress } from "./deployment.ts";

/** How a bot comes in. */
export interface BotOptions {
  readonly url: string;
  readonly account: Account;
  readonly conversation: string;
  /** By `cookie` it is the page of the account's browser. */
  readonly by: "cookie" | "ticket" | "token";
  /** Makes the access token that it first connects with of the one that was issued. */
  readonly age?: (token: string) => Promise<string>;
}

/** A bot that has connected, or is about to. */
export interface ChatBot {
  readonly chat: Chat;
  readonly client: Client;
  /** All that it was told, from the first message on. */
  readonly heard: readonly ChatMessage[];
  /** Types of all frames that came, on whichever connection. */
  readonly frames: readonly string[];
}

/** Signs in and connects. */
export async function openChatBot(options: BotOptions): Promise<ChatBot> {
  const { url, conversation, account } = options;
  const heard: ChatMessage[] = [];
  const frames: string[] = [];
  const { client, entrance, headers } =
    options.by === "cookie" ? await pageOf(options, account.browser.jar) : await botOf(options);
  const chat = openChat({
    conversation,
    baseUrl: url,
    after: 0,
    entrance,
    ears: { message: (message) => heard.push(message) },
    dial: listening(
      webSocketDial((address) => new WebSocket(address, { headers: headers() })),
      frames,
    ),
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
  return { chat, client, heard, frames };
}

interface Ways {
  readonly client: Client;
  readonly entrance: Entrance;
  /** Headers of a WebSocket that is opened now. */
  headers(): Record<string, string>;
}

async function botOf({ url, account, by, age }: BotOptions): Promise<Ways> {
  const address = { "X-Forwarded-For": freshAddress() };
  const tokens = memoryTokenBox();
  const client = createClient({
    baseUrl: url,
    tokens,
    fetch: (path, init) =>
      fetch(path, { ...init, headers: { ...(init.headers as object), ...address } }),
  });
  const { username: identifier, password } = account;
  const answer = await client.issueTokens({ identifier, password });
  if (!answer.ok) throw new Error(`Cannot sign in: ${answer.problem.detail}`);
  const held = tokens.read();
  if (held !== undefined && age !== undefined) {
    tokens.write({ ...held, access_token: await age(held.access_token) });
  }
  const entrance = by === "token" ? tokenEntrance(client, tokens) : ticketEntrance(client, tokens);
  return { client, entrance, headers: () => ({ ...address }) };
}

async function pageOf({ url, account, age }: BotOptions, jar: CookieJar): Promise<Ways> {
  const fixed = { Origin: url, "X-Forwarded-For": account.browser.address };
  function headers(): Record<string, string> {
    const cookie = jar.header();
    return cookie === undefined ? { ...fixed } : { ...fixed, Cookie: cookie };
  }
  const client = createClient({
    baseUrl: url,
    async fetch(path, init) {
      const sent = { ...(init.headers as object), ...headers() };
      const response = await fetch(path, { ...init, headers: sent });
      for (const line of response.headers.getSetCookie()) jar.keep(line);
      return response;
    },
  });
  const access = jar.find("access_token");
  if (access !== undefined && age !== undefined) jar.keep(`access_token=${await age(access)}`);
  return { client, entrance: cookieEntrance(client), headers };
}

/** Keeps the types of what comes in. */
function listening(dial: Dial, frames: string[]): Dial {
  return (url, ears) =>
    dial(url, {
      closed: ears.closed,
      text(text) {
        frames.push((JSON.parse(text) as { type: string }).type);
        ears.text(text);
      },
    });
}
