/**
 * Renaming a conversation.
 *
 * @module
 */

import { type HasChat, renameConversation } from "@postern/chat";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import { conversationIdOf, conversationShape } from "./_conversation_shape.ts";

/** Renames a conversation. */
export function renameConversationRoute(deps: HasChat): Route {
  return route(OPERATIONS.renameConversation, async ({ actor, params, body }) => {
    const id = conversationIdOf(params.id);
    if (id === null) return refuse({ code: "not_found" });
    const renamed = await renameConversation(deps, actor, { id, title: body.title });
    return renamed.ok ? reply(200, conversationShape(renamed.value)) : refuse(renamed.error);
  });
}
