/**
 * Sessions of everybody: found and ended.
 *
 * @module
 */

import { endAnySession, endMatchingSessions, type SessionId, searchSessions } from "@postern/auth";
import {
  adminSession,
  endedMatching,
  endMatchingInput,
  listInput,
  pageOf,
  sessionInput,
  sessionsEnded,
} from "@postern/wire";
import { permit, router } from "../procedure.ts";
import { goodPage, unwrap } from "../refused.ts";
import { sessionShape } from "../shapes.ts";

/** The area. */
export const sessions = router({
  list: permit("sessions.read")
    .input(listInput)
    .output(pageOf(adminSession))
    .query(async ({ ctx, input }) => {
      const { query, limit, cursor: after } = input;
      const found = goodPage(unwrap(await searchSessions(ctx.deps, { query, limit, after })));
      return { items: found.items.map(sessionShape), next: found.next };
    }),
  end: permit("sessions.end")
    .input(sessionInput)
    .output(sessionsEnded)
    .mutation(async ({ ctx, input }) => {
      unwrap(await endAnySession(ctx.deps, ctx.actor, { id: input.id as SessionId }));
      return { sessions_ended: 1 };
    }),
  endMatching: permit("sessions.end_matching")
    .input(endMatchingInput)
    .output(endedMatching)
    .mutation(async ({ ctx, input }) => {
      const command = { query: input.query, isDryRun: input.dryRun };
      return { ...unwrap(await endMatchingSessions(ctx.deps, ctx.actor, command)) };
    }),
});
