/**
 * Starts the server, and stops it when it is told to.
 *
 * @module
 */

import { makeFirstSetupLink } from "@postern/auth";
import { createAdminStreams } from "./adapters/admin_streams.ts";
import { systemClock } from "./adapters/crypto.ts";
import { createDecisionBook } from "./adapters/decision_book.ts";
import { createLog } from "./adapters/log.ts";
import type { SocketData, Upgrade } from "./chat/create_chat.ts";
import { type Core, openCore } from "./compose.ts";
import { composeServer, type PosternServer } from "./compose_server.ts";
import { openShared } from "./compose_shared.ts";
import { type Config, readConfig, settleConfig } from "./config.ts";
import type { Gate } from "./gate.ts";
import type { Listener } from "./http/request_context.ts";
import { createLimiter } from "./limiter.ts";
import { createLive } from "./live.ts";
import { createSettingsInForce } from "./live_settings.ts";
import { recordDecisions } from "./recording_limiter.ts";
import { createStartingGate } from "./starting_gate.ts";
import { stopOnSignal } from "./stop_on_signal.ts";

/** How long stopping may take from the signal on, milliseconds. The contract gives ten seconds in all. */
const STOP_MS = 8_500;

/** How much of that requests under way may take, milliseconds. The rest is left to mails under way. */
const DRAIN_MS = 6_000;

/**
 * Largest body that the runtime lets through, bytes: any. Its own refusal is empty and has none of
 * our headers; the gate refuses from 64 KiB on, and of a body that nobody reads the runtime keeps
 * nothing (measured on Bun 1.4.5 with 10 bodies of 100 MB at once).
 */
const RUNTIME_BODY_LIMIT_BYTES = 2 ** 50;

/** How long a connection may say nothing, seconds. */
const IDLE_TIMEOUT_S = 30;

const config = readConfig(process.env);
if (!config.ok) fail(config.error);
try {
  await start(config.value);
} catch (cause) {
  fail([startFailed(cause)]);
}

async function start(read: Config): Promise<void> {
  const log = createLog({ level: read.logLevel, isDevelopment: read.isDevelopment });
  const main = listen(read, "main");
  if (typeof main === "string") return fail([main]);
  const admin = read.adminListen === undefined ? undefined : listen(read.adminListen, "admin");
  if (typeof admin === "string") return fail([admin]);
  const settled = settleConfig(read, main.port, admin?.port);
  const starting = createStartingGate(settled, log);
  main.answerBy(starting);
  admin?.answerBy(starting);
  const decisions = createDecisionBook(systemClock);
  const shared = await openShared(settled, log);
  const limiter = recordDecisions(createLimiter({ clock: systemClock, ...shared }), decisions.note);
  const live = createLive({
    clock: systemClock,
    limiter,
    settings: createSettingsInForce(settled),
    streams: createAdminStreams(),
    decisions,
    bus: shared.bus,
    log,
  });
  const core = await openCore(settled, {
    log,
    mayCreate: true,
    issuer: () => settled.publicUrl,
    onCommit: live.onCommit,
    observeCommit: (durationMs) => live.observeCommit(durationMs),
  });
  if (!core.ok) return fail([core.error.message]);
  if (settled.isHttps && settled.trustedProxies.length === 0) {
    log.warn("PUBLIC_URL is https, but TRUSTED_PROXIES is not set: every request counts as http");
  }
  const server = await composeServer({ config: settled, core: core.value, live, shared, log });
  main.open(server);
  admin?.open(server);
  const url = `http://${urlHost(read.host)}:${main.port}`;
  await inviteOwner(core.value, settled.publicUrl);
  log.info("listening", { url, public_url: settled.publicUrl });
  stopOnSignal(async () => {
    const endsAt = performance.now() + STOP_MS;
    log.info("stopping");
    server.beginStopping();
    await Promise.all([main.close(DRAIN_MS), admin?.close(DRAIN_MS)]);
    await server.close(Math.max(0, endsAt - performance.now()));
    log.info("stopped");
    await log.close();
  });
}

/**
 * Where nobody owns the server yet, prints a link that makes an owner: on standard error, since the log
 * holds no token.
 */
async function inviteOwner(core: Core, publicUrl: string): Promise<void> {
  const link = await makeFirstSetupLink(core);
  if (link === null) return;
  const until = new Date(link.expiresAt).toISOString();
  process.stderr.write(
    `Nobody owns this server yet. Until ${until} this link makes an owner, once:\n  ${publicUrl}${link.path}\n`,
  );
}

interface Listening {
  readonly port: number;
  /** Answers by a gate that opens no sockets. */
  answerBy(gate: Gate): void;
  /** Begins to serve. */
  open(server: PosternServer): void;
  /** Takes no more requests, and lets those under way finish, up to a deadline. */
  close(deadlineMs: number): Promise<void>;
}

/** Takes the port. Nothing is answered before `answerBy`, which is to be called in the same turn. */
function listen(
  at: { readonly host: string; readonly port: number },
  listener: Listener,
): Listening | string {
  try {
    const server = Bun.serve<SocketData>({
      hostname: at.host,
      port: at.port,
      idleTimeout: IDLE_TIMEOUT_S,
      maxRequestBodySize: RUNTIME_BODY_LIMIT_BYTES,
      development: false,
      // Said, since Bun 1.4.5 takes "not in development" for leave to share a port with others.
      reusePort: false,
      fetch: () => new Response(null, { status: 503 }),
    });
    const peerOf = (request: Request) => () => server.requestIP(request)?.address;
    /** Opens a WebSocket, and then has no answer; or answers. */
    async function openOr(
      request: Request,
      answer: (upgrade: Upgrade) => Response | Promise<Response>,
    ): Promise<Response | undefined> {
      const opened = { isOpen: false };
      const response = await answer((data) => {
        opened.isOpen = server.upgrade(request, { data });
        return opened.isOpen;
      });
      return opened.isOpen ? undefined : response;
    }
    return {
      port: server.port ?? at.port,
      answerBy(gate) {
        server.reload({ fetch: (request) => gate(request, peerOf(request), listener) });
      },
      open({ gate, openSocket, chat }) {
        server.reload({
          websocket: chat.websocket,
          fetch: (request) => {
            const peer = peerOf(request);
            if (request.headers.get("upgrade") === null) return gate(request, peer, listener);
            return openOr(request, (upgrade) => openSocket(upgrade)(request, peer, listener));
          },
        });
        if (listener === "main") chat.publishBy((topic, text) => void server.publish(topic, text));
      },
      async close(deadlineMs) {
        const deadline = Bun.sleep(deadlineMs).then(() => server.stop(true));
        await Promise.race([server.stop(), deadline]);
      },
    };
  } catch (cause) {
    const reason =
      (cause as { code?: unknown }).code === "EADDRINUSE" ? "it is taken" : String(cause);
    return `Cannot listen on ${urlHost(at.host)}:${at.port}: ${reason}`;
  }
}

function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** What went wrong where nobody expected it, in one line. */
function startFailed(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return `Cannot start: ${message.replaceAll(/\s+/g, " ")}`;
}

/** Tells why there is no start, a line for each reason. */
function fail(lines: readonly string[]): never {
  process.stderr.write(`${lines.join("\n")}\n`);
  process.exit(1);
}
