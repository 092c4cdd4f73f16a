/**
 * Marking a conversation as read.
 *
 * @module
 */

import type { HasChat } from "@postern/chat";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import { conversationIdOf } from "./_conversation_shape.ts";

/** Notes up to where the caller has read. */
export function markReadRoute(deps: HasChat): Route {
  return route(OPERATIONS.markRead, async ({ actor, params, body }) => {
    const id = conversationIdOf(params.id);
    const marked = id === null ? null : await deps.chat.markRead(id, actor.userId, body.seq);
    return marked === null ? refuse({ code: "not_found" }) : reply(200, { read_seq: marked });
  });
}
