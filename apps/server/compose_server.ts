/**
 * Puts the server together around a core: guards, routes, pages, and what runs beside them.
 *
 * @module
 */

import {
  createRefusalNotes,
  type PasswordHasher,
  type Session,
  seedProviders,
} from "@postern/auth";
import { loadPages } from "@postern/web";
import { describeOperations, OPERATIONS } from "@postern/wire";
import packageJson from "../../package.json" with { type: "json" };
import { type ActivitySamples, activityOf, startActivitySamples } from "./activity_samples.ts";
import { equalTexts, hmac } from "./adapters/crypto.ts";
import { createMailSender } from "./adapters/mail_sender.ts";
import { createMetrics } from "./adapters/metrics.ts";
import { createPasswordHasher } from "./adapters/password_hasher/create_password_hasher.ts";
import { createTokens } from "./adapters/tokens.ts";
import { createAdminDoor } from "./admin_door.ts";
import { allRoutes } from "./all_routes.ts";
import { createAnswerNotes } from "./answer_notes.ts";
import { type App, createApp, type RouterRoute } from "./app.ts";
import { type Chat, createChat, isChatPath, type Upgrade } from "./chat/create_chat.ts";
import type { Core } from "./compose.ts";
import { openSignedBus, type Shared } from "./compose_shared.ts";
import type { SettledConfig } from "./config.ts";
import { createEdge, type Edge } from "./edge.ts";
import { createGate, type Gate } from "./gate.ts";
import { describeConsole, describeDevice } from "./http/device.ts";
import { createLimitHeaders } from "./http/limit_headers.ts";
import { createNextUrl } from "./http/next_url.ts";
import { createPipeline, type PipelineDeps } from "./http/pipeline.ts";
import { contextOf, type Listener, type RequestContext } from "./http/request_context.ts";
import { createSessionCookies } from "./http/session_cookies.ts";
import { createCookieWriter } from "./http/set_cookie.ts";
import { isServedBy, originsOf } from "./listeners.ts";
import type { Live } from "./live.ts";
import { createLivePolicy } from "./live_policy.ts";
import type { Log } from "./log_port.ts";
import { startMaintenance } from "./maintenance.ts";
import type { Metrics } from "./metrics_port.ts";
import { createPageRoutes } from "./page_routes.ts";
import { startProviderWatch } from "./provider_watch.ts";
import { createReadinessCheck } from "./readiness.ts";
import { gatherSeenSessions, type SeenSessions } from "./seen_sessions.ts";
import { createShownProviders, type ShownProviders } from "./shown_providers.ts";
import { startTokenRefreshes } from "./token_refreshes.ts";
import { createUnroutedLimit } from "./unrouted_limit.ts";
import { createWriteProbe } from "./write_probe.ts";

/** A server that answers what its gate is given. */
export interface PosternServer {
  readonly gate: Gate;
  readonly chat: Pick<Chat, "websocket" | "publishBy">;
  /** Opens a WebSocket, or answers why not; a request for anything else is answered as ever. */
  readonly openSocket: (upgrade: Upgrade) => Gate;
  /** What the routers take. */
  readonly routes: readonly RouterRoute[];
  /** Says that it takes no more work: readiness fails from here on. */
  beginStopping(): void;
  /** Lets what is under way finish, and closes everything. */
  close(deadlineMs: number): Promise<void>;
}

/** What the server is put together from. */
export interface ServerParts {
  readonly config: SettledConfig;
  readonly core: Core;
  readonly live: Live;
  readonly shared: Shared;
  readonly log: Log;
}

/** Puts the server together, and begins what runs beside it. */
export async function composeServer(parts: ServerParts): Promise<PosternServer> {
  const { config, core, live, shared, log } = parts;
  const hasher = createPasswordHasher();
  const metrics = createMetrics({
    version: packageJson.version,
    passwords: hasher.load,
    outbox: () => core.outbox.backlog(),
    warmSessions: () => live.warm.size,
    sockets: () => live.sockets.size,
    backlogBytes: () => live.sockets.backlogBytes,
    waitingWrites: () => core.writer.depth,
    providers: () => core.store.listProviderHealth(),
    redis: shared.redis,
  });
  live.observeCommit = metrics.commit;
  const seen = gatherSeenSessions({ ...core, log });
  const mail = createMailSender({ ...core, ...config, sealer: core.rings.sealer, log, metrics });
  live.wakeMail = mail.wake;
  const watched = { ...core, sealer: core.rings.sealer, log };
  for (const provider of await seedProviders(
    watched,
    config.providers.map(core.completeProvider),
  )) {
    log.info("provider made from the environment", { provider });
  }
  const state = { isStopping: false };
  const samples = startActivitySamples({ ...core, sockets: live.sockets, log });
  const door = await createDoor(parts, { hasher, metrics, seen, state, samples });
  const maintenance = startMaintenance({ ...core, keyMaker: core.rings.maker, log });
  const watch = startProviderWatch(watched);
  const refreshes = startTokenRefreshes(watched);
  await live.start(core);
  return {
    ...door,
    beginStopping() {
      state.isStopping = true;
      door.chat.stop();
      live.streams.stop();
    },
    async close(deadlineMs) {
      maintenance.stop();
      samples.stop();
      watch.stop();
      live.stop();
      const stopped = [mail.stop(deadlineMs), refreshes.stop(deadlineMs)];
      await Promise.all([...stopped, hasher.close(), seen.close()]);
      metrics.close();
      shared.close();
      await core.close();
    },
  };
}

/** What runs beside the routes. */
interface Beside {
  readonly hasher: PasswordHasher;
  readonly metrics: Metrics;
  readonly seen: SeenSessions;
  readonly state: { readonly isStopping: boolean };
  readonly samples: Pick<ActivitySamples, "all">;
}

/** What answers requests, and opens WebSockets. */
async function createDoor(parts: ServerParts, beside: Beside) {
  const { config, core, log } = parts;
  const edge = createEdge(config);
  const shownProviders = createShownProviders(core.store);
  parts.live.forgetProviders = shownProviders.forget;
  const guarded = { ...createGuards(parts, beside, edge), shownProviders };
  const checkReadiness = createReadinessCheck({
    ...core,
    backlog: () => core.outbox.backlog(),
    owed: parts.live.owed,
    takesWrites: createWriteProbe({ ...core, write: core.beat }),
    sendsMail: config.smtpUrl !== undefined,
    redis: parts.shared.redis,
    isStopping: () => beside.state.isStopping,
  });
  const operations = Object.values(OPERATIONS);
  const describe = () =>
    describeOperations({ ...config, version: packageJson.version, operations });
  const onError = (context: RequestContext, cause: unknown) =>
    log.error("request failed", { request_id: context.id, route: context.route, cause });
  const onAnswer = createAnswerNotes(log, beside.metrics);
  const pages = await createPages(parts, { edge, shownProviders });
  const { authorization: authorizationPage } = pages;
  const { metrics } = beside;
  const routers = createApp({
    ...guarded,
    routes: allRoutes({ ...guarded, metrics, checkReadiness, describe, authorizationPage }),
    pipeline: createPipeline(guarded),
    pages,
    isServedBy: (operation, listener) => isServedBy(config, operation, listener),
    onError,
    passUnrouted: createUnroutedLimit(guarded),
  });
  const activity = activityOf({ ...core, ...parts.live, ...beside, checkReadiness });
  const adminDoor = createAdminDoor({ ...guarded, ...parts, activity, onError });
  const answer: App = (request) => adminDoor(request) ?? routers.answer(request);
  const chat = createChat({
    ...guarded,
    sockets: parts.live.sockets,
    blocked: parts.live.blocked,
    bus: openSignedBus(parts.shared, { key: core.busKey, log }),
    metrics: beside.metrics,
    log,
  });
  const gateTo = (route: App) =>
    createGate({ ...edge, blocked: parts.live.blocked, route, onError, onAnswer });
  const openSocket = (upgrade: Upgrade) =>
    gateTo((request) => {
      const isChat = isChatPath(new URL(request.url).pathname) && request.method === "GET";
      const context = contextOf(request);
      return isChat && context.listener === "main" ? chat.knock(context, upgrade) : answer(request);
    });
  return { gate: gateTo(answer), openSocket, chat, routes: routers.routes };
}

async function createPages(
  { config, core, live }: ServerParts,
  from: { readonly edge: Edge; readonly shownProviders: ShownProviders },
) {
  const { current } = live.settings;
  return createPageRoutes({
    ...from.edge,
    ...from,
    ...core,
    pages: await loadPages(),
    settings: () => ({
      signup: current.signup,
      passwordMinLength: current.passwordMinLength,
      isDevelopment: config.isDevelopment,
    }),
  });
}

/** What the guards and the use cases behind them need. */
function createGuards(parts: ServerParts, beside: Beside, edge: Edge) {
  const { config, core, live, log } = parts;
  const { hasher, metrics, seen } = beside;
  const csrf = () => ({ hmac, equal: equalTexts, keys: core.rings.cookies() });
  const note = createRefusalNotes(core);
  const noteLimited: PipelineDeps["noteLimited"] = (actor, refusal) => {
    metrics.rateLimited(refusal.limit);
    note(actor, refusal).catch((cause: unknown) => log.error("limit not noted", { cause }));
  };
  const cookieWriter = createCookieWriter(config.cookies);
  return {
    ...core,
    ...edge,
    csrf,
    hasher,
    noteLimited,
    allowedOrigins: new Set(config.allowedOrigins),
    tokens: createTokens({ clock: core.clock, keys: core.rings.signing }),
    warm: live.warm,
    limiter: live.limiter,
    sealer: core.rings.sealer,
    policy: createLivePolicy(live.settings.current),
    describeDevice: (userAgent: string | null) => describeDevice(userAgent).label,
    describeConsole,
    sessionCookies: createSessionCookies({ ...core, csrf, writer: cookieWriter }),
    cookieWriter,
    publicUrl: config.publicUrl,
    originsOf: (listener: Listener) => originsOf(config, listener),
    nextUrl: createNextUrl(config.publicUrl, edge.isAllowedOrigin),
    pause: Bun.sleep,
    seenAt: seen.at,
    limitHeaders: createLimitHeaders(live.limiter),
    noteSeen: ({ session }: { readonly session: Pick<Session, "id"> }) => seen.note(session.id),
  };
}
