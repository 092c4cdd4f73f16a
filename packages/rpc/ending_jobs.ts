/**
 * Sessions that are being ended by hundreds: each such job of this process, for whoever looks on.
 *
 * A job goes on whether or not anybody does. What it did is kept until others have come: a console that
 * was cut off finds it, and goes on where it was. A job that a stop cuts off has ended what it told of;
 * the same query ends the rest.
 *
 * @module
 */

import { endMatchingSessions, type UserActor } from "@postern/auth";
import { uuidV7 } from "@postern/std";
import type { AdminDeps } from "./context.ts";
import type { EndingJob, EndingJobs } from "./ending_job.ts";
import { refused, unwrap } from "./refused.ts";

/** Jobs that are remembered, the newest. A row of a result is some hundred bytes. */
const JOBS_MAX = 5;

/** Begins a job, and says how many match. One that breaks later is reported, and shows as failed. */
export async function startEnding(
  deps: AdminDeps,
  actor: UserActor,
  query: string,
): Promise<EndingJob> {
  const { endingJobs } = deps;
  if ([...endingJobs.values()].filter(isRunning).length >= JOBS_MAX) {
    throw refused("busy", "Other jobs are still running");
  }
  const id = uuidV7(deps.random, deps.clock.now());
  const job: EndingJob = { id, matched: 0, results: [], state: "running" };
  keep(endingJobs, job);
  const counted = Promise.withResolvers<EndingJob>();
  let isCounted = false;
  const work = async () => {
    const done = await endMatchingSessions(deps, actor, {
      query,
      isDryRun: false,
      onMatched(matched) {
        job.matched = matched;
        isCounted = true;
        counted.resolve(job);
      },
      onEnded(rows) {
        job.results.push(...rows);
        return job.state === "running";
      },
    });
    const { isCut } = unwrap(done);
    if (job.state === "running") job.state = isCut ? "cancelled" : "done";
  };
  work().catch((cause: unknown) => {
    job.state = "failed";
    if (isCounted) {
      deps.report("a job that ends sessions broke", cause);
      return;
    }
    endingJobs.delete(id);
    counted.reject(cause);
  });
  return await counted.promise;
}

/** Finds a job. */
export function findEnding(deps: AdminDeps, id: string): EndingJob {
  const job = deps.endingJobs.get(id);
  if (job === undefined) throw refused("not_found");
  return job;
}

/** Lets a job end no more. What it ended stays ended. */
export function cancelEnding(deps: AdminDeps, id: string): EndingJob {
  const job = findEnding(deps, id);
  if (job.state === "running") job.state = "cancelled";
  return job;
}

/** Forgets the oldest that is not running. */
function keep(known: EndingJobs, job: EndingJob): void {
  known.set(job.id, job);
  if (known.size <= JOBS_MAX) return;
  const oldest = [...known.values()].find((one) => !isRunning(one));
  if (oldest !== undefined) known.delete(oldest.id);
}

function isRunning({ state }: EndingJob): boolean {
  return state === "running";
}
