/**
 * Counts requests that no route takes: looking for what might be there is limited as calls are.
 *
 * @module
 */

import { anonymousActor } from "./http/actors.ts";
import { toResponse } from "./http/outcome_response.ts";
import type { PipelineDeps } from "./http/pipeline.ts";
import type { RequestContext } from "./http/request_context.ts";

/** Gives the answer to a request over the limit; null for one within. */
export function createUnroutedLimit(
  deps: Pick<PipelineDeps, "answers" | "limitHeaders" | "limiter" | "noteLimited">,
) {
  return async (context: RequestContext): Promise<Response | null> => {
    const subject = context.caller.limitKey;
    const taken = await deps.limiter.take("anonymous", subject);
    if (taken.ok) return null;
    deps.noteLimited(anonymousActor(context), { limit: "anonymous", subject });
    return toResponse(deps, context, { refuse: taken.error });
  };
}
