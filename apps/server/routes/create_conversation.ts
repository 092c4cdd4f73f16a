/**
 * Starting a conversation.
 *
 * @module
 */

import { createConversation } from "@postern/chat";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import { conversationShape } from "./_conversation_shape.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Starts a conversation. */
export function createConversationRoute(deps: DepsOf<typeof createConversation>): Route {
  return route(OPERATIONS.createConversation, async ({ actor, body }) => {
    const made = await createConversation(deps, actor, body);
    return made.ok ? reply(201, conversationShape(made.value)) : refuse(made.error);
  });
}
