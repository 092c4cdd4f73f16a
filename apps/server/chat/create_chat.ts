/**
 * The chat's WebSockets: opened, told that they run out, and closed.
 *
 * A refused one is accepted first and then closed, since a browser does not tell a page why an
 * upgrade was refused.
 *
 * @module
 */

import { CLOSE_CODES, type CloseCode } from "@postern/wire";
import type { ServerWebSocket, WebSocketHandler } from "bun";
import { anonymousActor } from "../http/actors.ts";
import { toResponse } from "../http/outcome_response.ts";
import type { PipelineDeps } from "../http/pipeline.ts";
import type { RequestContext } from "../http/request_context.ts";
import { admit } from "./admit.ts";
import { type Connection, topicOf } from "./connection.ts";
import { expireConnections } from "./expire_connections.ts";
import { Feed, type FeedDeps } from "./feed.ts";
import { type FrameDeps, handleFrame } from "./handle_frame.ts";
import {
  BACKLOG_MAX_BYTES,
  RUNTIME_FRAME_MAX_BYTES,
  SOCKET_IDLE_S,
  SWEEP_EVERY_MS,
} from "./limits.ts";
import { memberShape } from "./message_shape.ts";
import { Presence } from "./presence.ts";

/** What a socket carries: who was admitted, or the code to close with. */
export type SocketData = Connection | CloseCode;

/** Makes a WebSocket of a request; `false` where it is none. */
export type Upgrade = (data: SocketData) => boolean;

/** What the sockets need. */
export interface ChatDeps
  extends Omit<FrameDeps, "feed" | "metrics" | "log">,
    Pick<PipelineDeps, "answers" | "limitHeaders" | "readCookies"> {
  readonly metrics: FrameDeps["metrics"] & FeedDeps["metrics"];
  readonly log: FrameDeps["log"] & FeedDeps["log"];
}

interface OpenDeps extends FrameDeps {
  readonly presence: Presence;
}

/** The chat's sockets. */
export interface Chat {
  /** Handlers for the runtime. */
  readonly websocket: WebSocketHandler<SocketData>;
  /** Tells how the runtime publishes. */
  publishBy(publish: (topic: string, text: string) => void): void;
  /** Opens a socket, or answers why not. The answer counts only where `upgrade` was not called. */
  knock(context: RequestContext, upgrade: Upgrade): Promise<Response>;
  /** Closes all, for the server stops. */
  stop(): void;
}

/** Tells whether a path is one of the chat's. */
export function isChatPath(path: string): boolean {
  return PATH.test(path);
}

const PATH = /^\/ws\/chat\/([^/]+)\/?$/;

/** Makes the sockets, none of them open. */
export function createChat(given: ChatDeps): Chat {
  let publish: (topic: string, text: string) => void = () => undefined;
  const local = { ...given, publish: (topic: string, text: string) => publish(topic, text) };
  const presence = new Presence(local);
  const feed = new Feed(local);
  const deps: OpenDeps & ChatDeps = { ...given, feed, presence };
  given.bus.subscribe("typing", (text) => {
    // A conversation's id, and the frame.
    const end = text.indexOf(" ");
    publish(topicOf(text.slice(0, end)), text.slice(end + 1));
  });
  const sweep = setInterval(
    () => expireConnections(deps.sockets.all(), deps.clock.now()),
    SWEEP_EVERY_MS,
  );
  return {
    websocket: handlers(deps),
    publishBy(by) {
      publish = by;
    },
    knock: (context, upgrade) => knock(deps, context, upgrade),
    stop() {
      clearInterval(sweep);
      deps.sockets.endAll(CLOSE_CODES.restart);
      presence.stop();
      feed.stop();
    },
  };
}

async function knock(
  deps: OpenDeps & ChatDeps,
  context: RequestContext,
  upgrade: Upgrade,
): Promise<Response> {
  context.route = "/ws/chat/:conversation";
  const subject = context.caller.limitKey;
  const taken = await deps.limiter.take("upgrade_address", subject);
  if (!taken.ok) {
    deps.noteLimited(anonymousActor(context), { limit: "upgrade_address", subject });
    return toResponse(deps, context, { refuse: taken.error });
  }
  const cookies = deps.readCookies(context.request.headers.get("cookie"));
  if (!cookies.ok) return deps.answers.problem(context, "malformed_request");
  const conversation = PATH.exec(new URL(context.request.url).pathname)?.[1] ?? "";
  const verdict = await admit(deps, { context, cookies: cookies.value, conversation });
  if (typeof verdict === "number") deps.metrics.socketRefused(verdict);
  if (!upgrade(verdict) && typeof verdict === "object") deps.sockets.remove(verdict);
  return deps.answers.problem(context, "malformed_request");
}

function handlers(deps: OpenDeps): WebSocketHandler<SocketData> {
  return {
    maxPayloadLength: RUNTIME_FRAME_MAX_BYTES,
    backpressureLimit: BACKLOG_MAX_BYTES,
    closeOnBackpressureLimit: true,
    idleTimeout: SOCKET_IDLE_S,
    sendPings: true,
    open: (socket) => open(deps, socket),
    message: (socket, data) => {
      if (typeof socket.data === "object") void handleFrame(deps, socket.data, data);
    },
    close: (socket, code) => {
      deps.metrics.socketClosed(code);
      if (typeof socket.data === "object") close(deps, socket.data);
    },
  };
}

function open(deps: OpenDeps, socket: ServerWebSocket<SocketData>): void {
  if (typeof socket.data === "number") {
    socket.close(socket.data);
    return;
  }
  const connection = socket.data;
  connection.open(socket);
  if (connection.isEnded) return;
  const { user, conversationId } = connection;
  connection.send({
    type: "ready",
    conversation: conversationId,
    user: memberShape(user),
    seq: deps.feed.newest(conversationId),
    expires_at: new Date(connection.expiresAt).toISOString(),
  });
  deps.presence.greet(connection);
  socket.subscribe(connection.topic);
  deps.presence.arrived(connection);
}

function close(deps: OpenDeps, connection: Connection): void {
  connection.end(CLOSE_CODES.restart);
  deps.sockets.remove(connection);
  if (connection.isOpen) deps.presence.left(connection);
}
