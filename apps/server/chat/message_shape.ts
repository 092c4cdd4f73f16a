/**
 * Messages and users of conversations, on the wire.
 *
 * @module
 */

import type { Member, Message } from "@postern/chat";
import type { ChatMessage, ChatUser } from "@postern/wire";

/** The shape of a member. */
export function memberShape({ id, username }: Member): ChatUser {
  return { id: String(id), username };
}

/** The shape of a message. */
export function messageShape({ seq, clientId, author, text, at }: Message): ChatMessage {
  return { seq, id: clientId, user: memberShape(author), text, at: new Date(at).toISOString() };
}
