/**
 * `/admin/trpc` in the server: on which listener it is, who may come in how often, and what the
 * procedures work on.
 *
 * @module
 */

import type { HasActivity, Limiter, Session, Tokens } from "@postern/auth";
import type { AdminDeps } from "@postern/rpc";
import type { Core } from "./compose.ts";
import type { SettledConfig } from "./config.ts";
import { anonymousActor } from "./http/actors.ts";
import { ADMIN_PATH, isToAdmin } from "./http/admin_path.ts";
import type { AdminRpcDeps } from "./http/admin_rpc.ts";
import { createAuthenticateAdmin } from "./http/authenticate_admin.ts";
import { createLimitHeaders } from "./http/limit_headers.ts";
import type { PipelineDeps } from "./http/pipeline.ts";
import { contextOf, type RequestContext } from "./http/request_context.ts";
import { isServedBy, originsOf } from "./listeners.ts";
import type { Live } from "./live.ts";
import type { Log } from "./log_port.ts";
import { shownSettings } from "./shown_settings.ts";

/** What it needs. */
export interface AdminDoorDeps extends HasActivity {
  readonly config: SettledConfig;
  readonly core: Core;
  readonly live: Live;
  readonly limiter: Limiter;
  readonly log: Pick<Log, "error">;
  readonly tokens: Tokens;
  readonly noteLimited: PipelineDeps["noteLimited"];
  readonly onError: (context: RequestContext, cause: unknown) => void;
  /** Tells that a session was used. */
  readonly noteSeen: (of: { readonly session: Pick<Session, "id"> }) => void;
}

/** Answers what is for it; `undefined` for what is not. */
export type AdminDoor = (request: Request) => Promise<Response> | undefined;

/** Makes the door. */
export function createAdminDoor(deps: AdminDoorDeps): AdminDoor {
  const { config, core, tokens } = deps;
  const find = createAuthenticateAdmin({
    ...core,
    tokens,
    originsOf: (listener) => originsOf(config, listener),
  });
  const admin = adminDeps(deps);
  const limitHeaders = createLimitHeaders(deps.live.limiter);
  return (request) => {
    if (!isToAdmin(request)) return undefined;
    const context = contextOf(request);
    if (!isServedBy(config, { path: ADMIN_PATH }, context.listener)) return undefined;
    context.route = ADMIN_PATH;
    return callProcedures(request, {
      admin,
      authenticate: (asked) => authenticate(deps, find(asked), contextOf(asked)),
      limitHeaders,
      noteLimited: (actor, limit) =>
        deps.noteLimited(actor, { limit, subject: `user:${actor.userId}` }),
      onError: (cause) => deps.onError(context, cause),
    });
  };
}

/** The procedures, and the library under them, are loaded when an administrator first calls: a start waits for neither. */
async function callProcedures(request: Request, deps: AdminRpcDeps): Promise<Response> {
  const { createAdminRpc } = await import("./http/admin_rpc.ts");
  return await createAdminRpc(deps)(request);
}

/** Finds who asks, and counts it: a user's requests together, a stranger's by address. */
async function authenticate(
  { limiter, noteLimited, noteSeen }: AdminDoorDeps,
  finding: ReturnType<ReturnType<typeof createAuthenticateAdmin>>,
  context: RequestContext,
) {
  const found = await finding;
  const counted = found.ok
    ? ({ limit: "signed_in", subject: `user:${found.value.userId}` } as const)
    : ({ limit: "anonymous", subject: context.caller.limitKey } as const);
  const taken = await limiter.take(counted.limit, counted.subject);
  if (!taken.ok) {
    noteLimited(found.ok ? found.value : anonymousActor(context), counted);
    return taken;
  }
  if (found.ok) noteSeen({ session: { id: found.value.sessionId } });
  return found;
}

function adminDeps({ config, core, live, limiter, activity, log }: AdminDoorDeps): AdminDeps {
  const { current } = live.settings;
  return {
    ...core,
    sealer: core.rings.sealer,
    keyMaker: core.rings.maker,
    limiter,
    streams: live.streams,
    isKeptOut: (ip) => ip !== null && live.blocked.holds({ caller: { ip } }),
    endingJobs: new Map(),
    report: (what, cause) => log.error(what, { cause }),
    activity,
    decisions: live.decisions,
    async resetCount(limit, subject) {
      await live.limiter.reset(limit, subject);
      live.decisions.release(limit, subject);
    },
    settings: () => shownSettings({ config, current }),
    reloadLimits: () => live.reloadLimits(),
    reloadSettings: () => live.reloadSettings(),
    reloadKeys: async () => {
      const loaded = await core.rings.reload();
      if (!loaded.ok) throw new Error(`Cannot read the keys: ${loaded.error.message}`);
      live.warm.forgetAll();
      live.sockets.endOtherKeys(core.rings.signing().byId);
    },
    socketsOf: (id) => live.sockets.ofUser(id),
    countHolders: async (key) => ({
      sockets: live.sockets.ofKey(key),
      consoles: await core.store.countConsoles(key, core.clock.now()),
    }),
  };
}
