/**
 * What each frame of a client does.
 *
 * @module
 */

import { countOne, type Limiter } from "@postern/auth";
import {
  CLOSE_CODES,
  HISTORY_LIMIT_MAX,
  type ReadClientFrame,
  type ServerFrame,
} from "@postern/wire";
import type { Bus } from "../bus_port.ts";
import type { PipelineDeps } from "../http/pipeline.ts";
import type { Log } from "../log_port.ts";
import type { ChatMetrics, FrameKind } from "../metrics_port.ts";
import { type AdmitDeps, readToken } from "./admit.ts";
import type { Connection } from "./connection.ts";
import { fittingPiece } from "./fitting_piece.ts";
import { OTHER_FRAMES } from "./limits.ts";
import { memberShape, messageShape } from "./message_shape.ts";
import { type FrameRead, readFrame } from "./read_frame.ts";

/** What frames need. */
export interface FrameDeps extends AdmitDeps, Pick<PipelineDeps, "noteLimited"> {
  readonly limiter: Limiter;
  readonly log: Pick<Log, "error">;
  readonly metrics: Pick<ChatMetrics, "frame" | "messageStored" | "socketClosed" | "socketRefused">;
  readonly bus: Bus;
}

type Frame<Type extends ReadClientFrame["type"]> = Extract<ReadClientFrame, { type: Type }>;

/** Handles what arrived. Does not reject. */
export async function handleFrame(
  deps: FrameDeps,
  connection: Connection,
  data: string | Uint8Array,
): Promise<void> {
  if (connection.isEnded) return;
  const frame = readFrame(data);
  deps.metrics.frame(kindOf(frame));
  if (typeof frame === "number") return connection.end(frame);
  if (deps.clock.now() >= connection.expiresAt) {
    return connection.end(CLOSE_CODES.unauthenticated);
  }
  const isMessage = typeof frame === "object" && frame.type === "message";
  if (!(isMessage || isWithinPace(deps, connection))) return endFlood(deps, connection);
  if (frame === "invalid") return sendError(connection, "invalid_frame");
  try {
    await act(deps, connection, frame);
  } catch (cause) {
    deps.log.error("frame not handled", { type: frame.type, cause });
    sendError(connection, "busy");
  }
}

function kindOf(frame: FrameRead): FrameKind {
  if (typeof frame === "object") return frame.type;
  return frame === "invalid" ? frame : "refused";
}

function isWithinPace(deps: FrameDeps, connection: Connection): boolean {
  const step = countOne(OTHER_FRAMES, connection.spentUntilUs, deps.clock.now());
  connection.spentUntilUs = step.spentUntilUs;
  return step.count.allowed;
}

/** Noted once a minute for a user, with how often. */
function endFlood(deps: FrameDeps, connection: Connection): void {
  const subject = `user:${connection.user.id}`;
  deps.noteLimited(connection.actor, { limit: "chat_connection", subject });
  connection.end(CLOSE_CODES.tooMany);
}

const DETAILS = {
  invalid_frame: "A field of the frame is missing or not acceptable.",
  busy: "The frame could not be handled now. Send it again.",
} as const;

function sendError(connection: Connection, code: keyof typeof DETAILS): void {
  connection.send({ type: "error", code, detail: DETAILS[code] });
}

function act(
  deps: FrameDeps,
  connection: Connection,
  frame: ReadClientFrame,
): Promise<void> | undefined {
  switch (frame.type) {
    case "message":
      return post(deps, connection, frame);
    case "history":
      return sendHistory(deps, connection, frame);
    case "auth":
      return renew(deps, connection, frame);
    case "typing":
      tellTyping(deps, connection);
      return undefined;
    case "ping":
      connection.send({ type: "pong" });
      return undefined;
  }
}

/** Here, and at other processes. */
function tellTyping(deps: FrameDeps, connection: Connection): void {
  const { user, conversationId } = connection;
  const frame: ServerFrame = { type: "typing", user: memberShape(user) };
  const text = JSON.stringify(frame);
  connection.tellOthers(text);
  deps.bus.publish("typing", `${conversationId} ${text}`);
}

/** Nothing is awaited before the store has the message: messages of a connection keep their order. */
async function post(
  deps: FrameDeps,
  connection: Connection,
  frame: Frame<"message">,
): Promise<void> {
  const taken = deps.limiter.take("chat_connection", connection.id);
  const isTaken = taken instanceof Promise ? (await taken).ok : taken.ok;
  if (!isTaken) return endFlood(deps, connection);
  const { conversationId, user, sessionId } = connection;
  const { id: clientId, text } = frame;
  const posted = await deps.chat.postMessage({
    conversationId,
    authorId: user.id,
    sessionId,
    clientId,
    text,
    at: deps.clock.now(),
  });
  switch (posted.code) {
    case "not_a_member":
      return connection.end(CLOSE_CODES.forbidden);
    case "session_ended":
      return connection.end(CLOSE_CODES.unauthenticated);
    case "stored": {
      connection.username = posted.username;
      const message = messageShape({ ...posted, clientId, author: connection.user, text });
      const told: ServerFrame = { type: "message", ...message };
      deps.feed.post(conversationId, posted.seq, JSON.stringify(told));
      deps.metrics.messageStored();
      break;
    }
    case "known":
      break;
  }
  connection.send({ type: "ack", id: clientId, seq: posted.seq });
}

async function sendHistory(
  deps: FrameDeps,
  connection: Connection,
  frame: Frame<"history">,
): Promise<void> {
  const { after, before } = frame;
  const limit = Math.min(frame.limit, HISTORY_LIMIT_MAX);
  const { conversationId } = connection;
  const history = await deps.chat.readHistory({ conversationId, after, before, limit });
  const piece = { messages: history.messages.map(messageShape), more: history.more };
  const { messages, more } = fittingPiece(piece, after !== undefined);
  connection.send({ type: "history", messages: [...messages], more });
}

/** For the same user and session only. */
async function renew(deps: FrameDeps, connection: Connection, frame: Frame<"auth">): Promise<void> {
  const holder = await readToken(deps, frame.token);
  const isSame =
    holder?.user.id === connection.user.id && holder.session.id === connection.sessionId;
  if (holder === null || !isSame) return connection.end(CLOSE_CODES.unauthenticated);
  connection.username = holder.user.username;
  connection.keyId = holder.keyId;
  connection.expiresAt = holder.expiresAt;
  connection.isWarned = false;
  connection.send({ type: "renewed", expires_at: new Date(holder.expiresAt).toISOString() });
}
