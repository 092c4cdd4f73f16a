/**
 * Sessions of everybody: found and ended.
 *
 * @module
 */

import {
  type EndedSession,
  endAnySession,
  endMatchingSessions,
  facetSessions,
  type SessionId,
  searchSessions,
} from "@postern/auth";
import { seconds } from "@postern/std";
import {
  adminSession,
  adminSessionDetail,
  endedMatching,
  endingJob,
  endingProgress,
  endMatchingInput,
  followJobInput,
  jobInput,
  listInput,
  livePageInput,
  PAGE_LIMIT,
  pageOf,
  queryInput,
  sessionFacets,
  sessionInput,
  sessionsEnded,
  startEndingInput,
} from "@postern/wire";
import type { AdminDeps } from "../context.ts";
import type { EndingJob } from "../ending_job.ts";
import { cancelEnding, findEnding, startEnding } from "../ending_jobs.ts";
import { tellPage } from "../live_page.ts";
import { permit, permitFresh, router } from "../procedure.ts";
import { goodPage, refused, unwrap } from "../refused.ts";
import { facetShape, sessionDetailShape, sessionShape } from "../shapes.ts";
import { tell } from "../streams.ts";

/** The area. */
export const sessions = router({
  list: permit("sessions.read")
    .input(listInput)
    .output(pageOf(adminSession))
    .query(async ({ ctx, input }) => {
      const { query, limit, cursor: after } = input;
      return await listPage(ctx.deps, { query, limit, after });
    }),
  get: permit("sessions.read")
    .input(sessionInput)
    .output(adminSessionDetail)
    .query(async ({ ctx, input }) => {
      const { store, clock } = ctx.deps;
      const found = await store.findSession(input.id as SessionId);
      if (found === null) throw refused("not_found");
      return sessionDetailShape(found, clock.now());
    }),
  facets: permit("sessions.read")
    .input(queryInput)
    .output(sessionFacets)
    .query(async ({ ctx, input }) =>
      facetShape(unwrap(await facetSessions(ctx.deps, input.query))),
    ),
  live: permit("sessions.read")
    .input(livePageInput)
    .subscription(({ ctx, input, signal }) =>
      tellPage(
        { ...ctx, permission: "sessions.read", signal },
        {
          output: pageOf(adminSession),
          read: () => listPage(ctx.deps, { query: input.query, limit: PAGE_LIMIT }),
          // When one was seen last changes all the time, and is no news.
          markOf: ({ id }) => id,
        },
      ),
    ),
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
      const done = unwrap(await endMatchingSessions(ctx.deps, ctx.actor, command));
      return { matched: done.matched, ended: done.ended };
    }),
  startEnding: permitFresh("sessions.end_matching")
    .input(startEndingInput)
    .output(endingJob)
    .mutation(async ({ ctx, input }) =>
      jobShape(await startEnding(ctx.deps, ctx.actor, input.query)),
    ),
  cancelEnding: permit("sessions.end_matching")
    .input(jobInput)
    .output(endingJob)
    .mutation(({ ctx, input }) => jobShape(cancelEnding(ctx.deps, input.job))),
  ending: permit("sessions.end_matching")
    .input(followJobInput)
    .subscription(({ ctx, input, signal }) => {
      const job = findEnding(ctx.deps, input.job);
      let told = Number(input.lastEventId ?? 0);
      let isFirst = true;
      return tell(
        { ...ctx, permission: "sessions.end_matching", signal },
        {
          output: endingProgress,
          everyMs: LOOK_EVERY_MS,
          read: async () => {
            const isLast = job.state !== "running";
            const some = job.results.slice(told, told + ROWS_MAX);
            if (some.length === 0 && !isLast && !isFirst) return { more: false };
            isFirst = false;
            told += some.length;
            const more = told < job.results.length;
            const tell = { id: String(told), data: progressShape(job, some) };
            return { tell, more, isLast: isLast && !more };
          },
        },
      );
    }),
});

/** How often a job is looked at where no commit tells of it. */
const LOOK_EVERY_MS = seconds(1);

/** Most rows in one piece. */
const ROWS_MAX = 1_000;

async function listPage(deps: AdminDeps, search: Parameters<typeof searchSessions>[1]) {
  const found = goodPage(unwrap(await searchSessions(deps, search)));
  return { items: found.items.map(sessionShape), next: found.next };
}

function jobShape({ id, matched, state }: EndingJob) {
  return { job: id, matched, state };
}

function progressShape(job: EndingJob, some: readonly EndedSession[]) {
  return {
    ...jobShape(job),
    tried: job.results.length,
    ended: job.results.filter(({ isEnded }) => isEnded).length,
    rows: some.map(({ id, isEnded }) => ({ id, ended: isEnded })),
  };
}
