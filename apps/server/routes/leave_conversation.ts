/**
 * Leaving a conversation.
 *
 * @module
 */

import { type HasChat, removeMember } from "@postern/chat";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import { conversationIdOf } from "./_conversation_shape.ts";

/** Leaves a conversation. */
export function leaveConversationRoute(deps: HasChat): Route {
  return route(OPERATIONS.leaveConversation, async ({ actor, params }) => {
    const id = conversationIdOf(params.id);
    if (id === null) return refuse({ code: "not_found" });
    const left = await removeMember(deps, actor, { id, member: actor.userId });
    return left.ok ? reply(204, null) : refuse(left.error);
  });
}
