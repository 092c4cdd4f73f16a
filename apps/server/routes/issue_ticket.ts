/**
 * A ticket for opening a WebSocket.
 *
 * @module
 */

import { issueTicket } from "@postern/chat";
import { seconds } from "@postern/std";
import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Gives the caller's session a ticket. */
export function issueTicketRoute(deps: DepsOf<typeof issueTicket>): Route {
  return route(OPERATIONS.issueTicket, async ({ actor, context }) => {
    const { ticket, lifeMs } = await issueTicket(deps, actor, { origin: context.origin });
    return reply(200, { ticket, expires_in: lifeMs / seconds(1) });
  });
}
