/**
 * Where every procedure begins: with the permission that it needs. There is no other beginning.
 *
 * @module
 */

import { ADMIN_SESSION_ABSOLUTE_MS, actorFor, isFresh, type UserActor } from "@postern/auth";
import { seconds } from "@postern/std";
import { PERMISSIONS, type Permission, PROBLEMS } from "@postern/wire";
import { initTRPC } from "@trpc/server";
import type { AdminContext, AdminDeps } from "./context.ts";
import { problemOf, refused } from "./refused.ts";

/** What a procedure says of itself. */
export interface AdminMeta {
  readonly permission: Permission;
  /** Whether it needs a sign-in a moment ago. */
  readonly isDangerous: boolean;
}

/** How often a stream that has nothing to tell says that it is there. */
const PING_EVERY_MS = seconds(1);

/** After how long of silence a listener takes its stream for lost. */
const STALE_AFTER_MS = seconds(3);

const t = initTRPC
  .context<AdminContext>()
  .meta<AdminMeta>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: PING_EVERY_MS },
      client: { reconnectAfterInactivityMs: STALE_AFTER_MS },
      maxDurationMs: ADMIN_SESSION_ABSOLUTE_MS,
    },
    errorFormatter: ({ shape, error }) => {
      const { code, detail, errors } = problemOf(error);
      const wrong = errors === undefined ? {} : { errors: [...errors] };
      // What a schema refuses is told as what a rule refuses is, and not as tRPC does, by 400.
      const httpStatus = errors === undefined ? shape.data.httpStatus : PROBLEMS[code].status;
      const data = { code, httpStatus, ...wrong, ...pathOf(shape.data) };
      return { code: shape.code, message: detail ?? PROBLEMS[code].title, data };
    },
  });

/** Makes a router. */
export const router = t.router;

/** Makes a caller that needs no HTTP. */
export const createCallerFactory = t.createCallerFactory;

/** Begins a procedure that needs a permission. */
export function permit(permission: Permission) {
  return begin({ permission, isDangerous: false });
}

/** Begins a procedure that needs a permission, and a sign-in a moment ago. */
export function permitFresh(permission: Permission) {
  return begin({ permission, isDangerous: true });
}

function begin(meta: AdminMeta) {
  return t.procedure.meta(meta).use(async ({ ctx, next, path, getRawInput }) => {
    const { asker, deps } = ctx;
    if (!asker.ok) throw refused(asker.error.code);
    const isBound = asker.value.stepUpFor !== undefined;
    const call = { path, input: isBound ? await getRawInput() : undefined };
    const actor = guard(deps, meta, actorFor(deps.sha256, asker.value, call));
    return next({ ctx: { deps: ctx.deps, actor } });
  });
}

function guard(
  { clock }: Pick<AdminDeps, "clock">,
  { permission, isDangerous }: AdminMeta,
  actor: UserActor,
): UserActor {
  const isPermitted = actor.role !== null && PERMISSIONS[actor.role].has(permission);
  if (!isPermitted) throw refused("forbidden");
  if (isDangerous && !isFresh(actor, clock.now())) throw refused("step_up_required");
  return actor;
}

function pathOf({ path }: { readonly path?: string | undefined }) {
  return path === undefined ? {} : { path };
}
