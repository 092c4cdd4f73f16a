/**
 * `/admin/trpc` in the server: on which listener it is, who may come in how often, and what the
 * procedures work on.
 *
 * @module
 */

import type { Limiter, Session, Tokens } from "@postern/auth";
import type { AdminDeps } from "@postern/rpc";
import { err } from "@postern/std";
import type { Core } from "./compose.ts";
import type { SettledConfig } from "./config.ts";
import type { AdminRpcDeps } from "./http/admin_rpc.ts";
import { createAuthenticateAdmin } from "./http/authenticate_admin.ts";
import { contextOf, type RequestContext } from "./http/request_context.ts";
import { isServedBy, originsOf } from "./listeners.ts";
import type { Live } from "./live.ts";
import { shownSettings } from "./shown_settings.ts";

/** What it needs. */
export interface AdminDoorDeps {
  readonly config: SettledConfig;
  readonly core: Core;
  readonly live: Live;
  readonly limiter: Limiter;
  readonly tokens: Tokens;
  readonly onError: (context: RequestContext, cause: unknown) => void;
  /** Tells that a session was used. */
  readonly noteSeen: (of: { readonly session: Pick<Session, "id"> }) => void;
}

/** Answers what is for it; `undefined` for what is not. */
export type AdminDoor = (request: Request) => Promise<Response> | undefined;

const PATH = "/admin/trpc";

/** Makes the door. */
export function createAdminDoor(deps: AdminDoorDeps): AdminDoor {
  const { config, core, tokens } = deps;
  const find = createAuthenticateAdmin({
    ...core,
    tokens,
    originsOf: (listener) => originsOf(config, listener),
  });
  const admin = adminDeps(deps);
  return (request) => {
    // Of every request, so nothing is parsed before there is a reason to.
    if (!request.url.includes(PATH)) return undefined;
    const { pathname } = new URL(request.url);
    if (pathname !== PATH && !pathname.startsWith(`${PATH}/`)) return undefined;
    const context = contextOf(request);
    if (!isServedBy(config, { path: PATH }, context.listener)) return undefined;
    context.route = PATH;
    return callProcedures(request, {
      admin,
      authenticate: (asked) => authenticate(deps, find(asked), contextOf(asked)),
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
  { limiter, noteSeen }: Pick<AdminDoorDeps, "limiter" | "noteSeen">,
  finding: ReturnType<ReturnType<typeof createAuthenticateAdmin>>,
  context: RequestContext,
) {
  const found = await finding;
  const taken = found.ok
    ? await limiter.take("signed_in", `user:${found.value.userId}`)
    : await limiter.take("anonymous", context.caller.limitKey);
  if (!taken.ok) return LIMITED;
  if (found.ok) noteSeen({ session: { id: found.value.sessionId } });
  return found;
}

const LIMITED = err({ code: "rate_limited" } as const);

function adminDeps({ config, core, live }: AdminDoorDeps): AdminDeps {
  const { current } = live.settings;
  return {
    ...core,
    sealer: core.rings.sealer,
    keyMaker: core.rings.maker,
    settings: () => shownSettings({ config, current }),
    reloadLimits: () => live.reloadLimits(),
    reloadSettings: () => live.reloadSettings(),
    reloadKeys: async () => {
      const loaded = await core.rings.reload();
      if (!loaded.ok) throw new Error(`Cannot read the keys: ${loaded.error.message}`);
      live.warm.forgetAll();
      live.sockets.endOtherKeys(core.rings.signing().byId);
    },
    countHolders: async (key) => ({
      sockets: live.sockets.ofKey(key),
      consoles: await core.store.countConsoles(key, core.clock.now()),
    }),
  };
}
