/**
 * Starting a conversation.
 *
 * @module
 */

import type { UserActor } from "@postern/auth";
import { type Clock, err, ok, type Random, type Result, uuidV7 } from "@postern/std";
import type { ChatStore } from "./chat_store.ts";
import { checkMembers, tooManyMembers } from "./check_members.ts";
import { checkTitle, type InvalidFields } from "./check_title.ts";
import type { ConversationId, ConversationWithMembers } from "./conversation.ts";
import { MEMBERS_MAX } from "./limits.ts";

/** What use cases of the chat are handed. */
export interface HasChat {
  readonly clock: Clock;
  readonly chat: ChatStore;
}

/** What it is called, and who is in it beside its maker. */
export interface CreateConversation {
  readonly title: string;
  readonly members: readonly string[];
}

/** Starts a conversation; the actor is a member. */
export async function createConversation(
  deps: HasChat & { readonly random: Random },
  actor: UserActor,
  command: CreateConversation,
): Promise<Result<ConversationWithMembers, InvalidFields>> {
  const title = checkTitle(command.title);
  if (!title.ok) return title;
  const found = await checkMembers(deps.chat, command.members);
  if (!found.ok) return found;
  const members = [...new Set([actor.userId, ...found.value])];
  if (members.length > MEMBERS_MAX) return err(tooManyMembers());
  const at = deps.clock.now();
  const id = uuidV7(deps.random, at) as ConversationId;
  const madeBy = actor.userId;
  await deps.chat.createConversation({ id, title: title.value, madeBy, members, at });
  const made = await deps.chat.findConversation(id, actor.userId);
  if (made === null) throw new TypeError("Cannot show a conversation: it ended when it was made");
  return ok(made);
}
