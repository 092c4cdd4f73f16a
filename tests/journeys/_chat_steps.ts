/**
 * What people do in conversations, and what is there when they come.
 *
 * @module
 */

import type { Locator, Page } from "playwright-core";
import { type ChatBot, openChatBot } from "../support/chat_bot.ts";
import type { Account, Deployment } from "../support/deployment.ts";
import { seeHeading } from "./_steps.ts";

/** A message that was said before anybody looked. */
export interface Said {
  readonly by: Account;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** Starts a conversation, and gives its id. */
export async function startNamed(
  title: string,
  maker: Account,
  members: readonly Account[],
): Promise<string> {
  const body = { title, members: members.map(({ username }) => username) };
  const made = await maker.browser.post("/api/v1/conversations", body);
  if (made.status !== 201) throw new Error(`Cannot start a conversation: ${made.text}`);
  return (made.json as { id: string }).id;
}

/** Puts messages into a conversation in which nobody talks meanwhile, past every limit. Whoever speaks has read. */
export function putMessages(
  deployment: Deployment,
  conversation: string,
  said: readonly Said[],
): void {
  const rows = said.map(({ by, text, atMs }) => [Number(by.id), crypto.randomUUID(), text, atMs]);
  deployment.sql(
    `INSERT INTO messages (conversation_id, seq, author_id, client_id, text, at)
     SELECT c.id, c.seq + r.key + 1, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3
     FROM conversations c CROSS JOIN json_each(?) r WHERE c.id = ?`,
    JSON.stringify(rows),
    conversation,
  );
  deployment.sql(
    "UPDATE conversations SET seq = seq + ?, active_at = ? WHERE id = ?",
    said.length,
    said.at(-1)?.atMs ?? 0,
    conversation,
  );
  deployment.sql(
    `UPDATE members SET read_seq = (
       SELECT coalesce(max(m.seq), 0) FROM messages m
       WHERE m.conversation_id = members.conversation_id AND m.author_id = members.user_id
     ) WHERE conversation_id = ?`,
    conversation,
  );
}

/** Takes part by the client alone. */
export async function openBot(
  deployment: Deployment,
  account: Account,
  conversation: string,
): Promise<ChatBot> {
  const { url } = deployment.server;
  return await openChatBot({ url, account, conversation, by: "ticket" });
}

/** Comes to a conversation by its address. */
export async function enterRoom(page: Page, conversation: string, title: string): Promise<void> {
  await page.goto(`/chat?conversation=${conversation}`);
  await seeHeading(page, title);
  await field(page).waitFor();
}

/** Where one writes. */
export function field(page: Page): Locator {
  return page.getByLabel("Message", { exact: true });
}

/** Writes a message and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press("Enter");
}

/** What the log shows of stored messages. */
export function bubbles(page: Page): Locator {
  return page.locator(".pt-bubble[data-seq]");
}

/** The texts of the messages that the log shows as stored, oldest first. */
export function storedTexts(page: Page): Promise<string[]> {
  return bubbles(page).allTextContents();
}
