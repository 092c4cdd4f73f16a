/**
 * Adding members to a conversation.
 *
 * @module
 */

import { addMembers, type HasChat } from "@postern/chat";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import { conversationIdOf, conversationShape } from "./_conversation_shape.ts";

/** Adds members to a conversation. */
export function addMembersRoute(deps: HasChat): Route {
  return route(OPERATIONS.addMembers, async ({ actor, params, body }) => {
    const id = conversationIdOf(params.id);
    if (id === null) return refuse({ code: "not_found" });
    const added = await addMembers(deps, actor, { id, members: body.members });
    return added.ok ? reply(200, conversationShape(added.value)) : refuse(added.error);
  });
}
