/**
 * What members do to a conversation: renaming it, letting others in, leaving, putting others out.
 *
 * Whoever is no member is told that there is none.
 *
 * @module
 */

import type { UserActor, UserId } from "@postern/auth";
import { err, ok, type Result } from "@postern/std";
import { checkMembers, tooManyMembers } from "./check_members.ts";
import { checkTitle, type InvalidFields } from "./check_title.ts";
import type { ConversationId, ConversationWithMembers } from "./conversation.ts";
import type { HasChat } from "./create_conversation.ts";
import { MEMBERS_MAX } from "./limits.ts";

/** There is no such conversation for the actor. */
export interface NoConversation {
  readonly code: "not_found";
}

type Changed = Promise<Result<ConversationWithMembers, InvalidFields | NoConversation>>;

/** Renames a conversation; any member may. */
export async function renameConversation(
  deps: HasChat,
  actor: UserActor,
  command: { readonly id: ConversationId; readonly title: string },
): Changed {
  const title = checkTitle(command.title);
  if (!title.ok) return title;
  const found = await deps.chat.findConversation(command.id, actor.userId);
  if (found === null) return err({ code: "not_found" });
  const isRenamed = await deps.chat.renameConversation(command.id, title.value, actor.userId);
  return isRenamed ? ok({ ...found, title: title.value }) : err({ code: "not_found" });
}

/** Adds members; any member may. */
export async function addMembers(
  deps: HasChat,
  actor: UserActor,
  command: { readonly id: ConversationId; readonly members: readonly string[] },
): Changed {
  const isMember = (await deps.chat.findSeq(command.id, actor.userId)) !== null;
  if (!isMember) return err({ code: "not_found" });
  const found = await checkMembers(deps.chat, command.members);
  if (!found.ok) return found;
  const terms = { at: deps.clock.now(), max: MEMBERS_MAX, by: actor.userId };
  const added = await deps.chat.addMembers(command.id, found.value, terms);
  if (added === "full") return err(tooManyMembers());
  if (added === "not_a_member") return err({ code: "not_found" });
  const changed = await deps.chat.findConversation(command.id, actor.userId);
  return changed === null ? err({ code: "not_found" }) : ok(changed);
}

/** Takes a member out: oneself, or, as the conversation's maker, anybody. */
export async function removeMember(
  deps: HasChat,
  actor: UserActor,
  command: { readonly id: ConversationId; readonly member: UserId },
): Promise<Result<null, NoConversation | { readonly code: "forbidden" }>> {
  const { id, member } = command;
  const found = await deps.chat.findConversation(id, actor.userId);
  if (found === null) return err({ code: "not_found" });
  const mayRemove = member === actor.userId || found.madeBy === actor.userId;
  if (!mayRemove) return err({ code: "forbidden" });
  const removed = await deps.chat.removeMember(id, member);
  return removed ? ok(null) : err({ code: "not_found" });
}
