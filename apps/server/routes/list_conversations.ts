/**
 * One's own conversations.
 *
 * @module
 */

import type { HasChat } from "@postern/chat";
import { OPERATIONS } from "@postern/wire";
import { type Route, route } from "../http/route.ts";
import { summaryShape } from "./_conversation_shape.ts";
import { pageOutcome } from "./_page_outcome.ts";

/** Lists the caller's conversations, the latest active first. */
export function listConversationsRoute(deps: HasChat): Route {
  return route(OPERATIONS.listConversations, async ({ actor, query }) => {
    const page = { limit: query.limit, after: query.cursor };
    const found = await deps.chat.listConversations(actor.userId, page);
    return pageOutcome(found, summaryShape);
  });
}
