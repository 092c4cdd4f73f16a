/**
 * Who asks, as use cases see it, at one request.
 *
 * @module
 */

import { type AnonymousActor, type SessionOfUser, signedInAt, type UserActor } from "@postern/auth";
import type { RequestContext } from "./request_context.ts";

/** Somebody who has not signed in, at this request. */
export function anonymousActor(context: RequestContext): AnonymousActor {
  return {
    type: "anonymous",
    requestId: context.id,
    ip: context.caller.ip,
    userAgent: context.userAgent,
  };
}

/** Somebody whose session is remembered, at this request. */
export function userActor(context: RequestContext, { user, session }: SessionOfUser): UserActor {
  const stepUpFor = session.console?.stepUpFor ?? null;
  return {
    type: "user",
    requestId: context.id,
    ip: context.caller.ip,
    userAgent: context.userAgent,
    userId: user.id,
    username: user.username,
    role: user.role,
    sessionId: session.id,
    signedInAt: signedInAt(session),
    ...(stepUpFor === null ? {} : { stepUpFor }),
  };
}
