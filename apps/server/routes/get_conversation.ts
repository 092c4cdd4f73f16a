/**
 * One conversation.
 *
 * @module
 */

import type { HasChat } from "@postern/chat";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import { conversationIdOf, conversationShape } from "./_conversation_shape.ts";

/** Shows a conversation to a member. */
export function getConversationRoute(deps: HasChat): Route {
  return route(OPERATIONS.getConversation, async ({ actor, params }) => {
    const id = conversationIdOf(params.id);
    const found = id === null ? null : await deps.chat.findConversation(id, actor.userId);
    return found === null ? refuse({ code: "not_found" }) : reply(200, conversationShape(found));
  });
}
