/**
 * Removing a member of a conversation.
 *
 * @module
 */

import type { UserId } from "@postern/auth";
import { type HasChat, removeMember } from "@postern/chat";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import { conversationIdOf } from "./_conversation_shape.ts";

/** How a user's id is written. */
const USER_ID = /^[1-9][0-9]{0,14}$/;

/** Removes a member of a conversation. */
export function removeMemberRoute(deps: HasChat): Route {
  return route(OPERATIONS.removeMember, async ({ actor, params }) => {
    const id = conversationIdOf(params.id);
    if (id === null || !USER_ID.test(params.userId)) return refuse({ code: "not_found" });
    const member = Number(params.userId) as UserId;
    const removed = await removeMember(deps, actor, { id, member });
    return removed.ok ? reply(204, null) : refuse(removed.error);
  });
}
