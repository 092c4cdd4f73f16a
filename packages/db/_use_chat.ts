/**
 * Uses every method of the chat's store.
 *
 * @module
 */

import type { SessionId, User } from "@postern/auth";
import type { ChatStore, ConversationId, NewMessage } from "@postern/chat";
import { NOW, uuid } from "./_testing.ts";

/** Uses all of them for a user with a session. */
export async function useChat(chat: ChatStore, user: User, sessionId: SessionId): Promise<void> {
  const id = uuid() as ConversationId;
  await chat.createConversation({ id, title: "t", madeBy: user.id, members: [user.id], at: NOW });
  await chat.addMembers(id, [user.id], { at: NOW, max: 9, by: user.id });
  const message: NewMessage = {
    conversationId: id,
    authorId: user.id,
    sessionId,
    clientId: "x",
    text: "t",
    at: NOW,
  };
  const posted = await chat.postMessage(message);
  if (posted.code !== "stored") throw new Error(`A message is not stored: ${posted.code}`);
  await readAll(chat, user, id);
  await chat.renameConversation(id, "u", user.id);
  await chat.markRead(id, user.id, 1);
  const life = { at: NOW, expiresAt: NOW };
  await chat.keepTicket("x", { sessionId, origin: null }, life);
  await chat.takeTicket("x", NOW);
  await chat.removeMember(id, user.id);
}

async function readAll(chat: ChatStore, user: User, id: ConversationId): Promise<void> {
  await chat.findMembers(["x"]);
  await chat.findConversation(id, user.id);
  await chat.listConversations(user.id, { limit: 5 });
  await chat.findSeq(id, user.id);
  await chat.findNewer([[id, 0]]);
  await chat.readHistory({ conversationId: id, limit: 5 });
  await chat.readHistory({ conversationId: id, after: 0, before: 9, limit: 5 });
}
