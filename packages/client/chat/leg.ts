/**
 * One connection of a chat: frames in and out, and a watch for silence.
 *
 * A half-open connection never closes by itself. So whoever has been silent for a while is pinged,
 * and whoever does not answer that is taken for gone.
 *
 * @module
 */

import type { ClientFrame, ServerFrame } from "@postern/wire";
import type { Timers } from "./chat_types.ts";
import type { Dial } from "./dial.ts";
import { createPace, type Pace } from "./pace.ts";

/** Silence after which a ping is sent, milliseconds. Under the idle limit of common proxies, 60 s. */
const PING_AFTER_MS = 25_000;

/** Silence after a ping that is taken for a broken line, milliseconds. */
const GONE_AFTER_MS = 10_000;

/** Close code of a line that broke. RFC 6455, section 7.4.1. */
const BROKEN = 1006;

/** What is told of a connection, until it is closed from this side. */
export interface LegEars {
  frame(frame: ServerFrame): void;
  closed(code: number): void;
}

/** A connection. */
export interface Leg {
  readonly pace: Pace;
  send(frame: ClientFrame): void;
  /** Closes it; nothing is told of it any more. */
  close(): void;
}

/** What connections are made of. */
export interface LegDeps {
  readonly dial: Dial;
  readonly timers: Timers;
}

/** Opens a connection. */
export function openLeg(deps: LegDeps, url: string, ears: LegEars): Leg {
  let isOver = false;
  let callOff = deps.timers.after(PING_AFTER_MS, ping);
  const line = deps.dial(url, {
    text(text) {
      if (isOver) return;
      watch(PING_AFTER_MS, ping);
      const frame = readFrame(text);
      if (frame !== undefined) ears.frame(frame);
    },
    closed: finish,
  });

  function watch(waitMs: number, work: () => void): void {
    callOff();
    callOff = deps.timers.after(waitMs, work);
  }

  function ping(): void {
    send({ type: "ping" });
    watch(GONE_AFTER_MS, giveUp);
  }

  function giveUp(): void {
    line.close();
    finish(BROKEN);
  }

  function finish(code: number): void {
    if (isOver) return;
    isOver = true;
    callOff();
    ears.closed(code);
  }

  function send(frame: ClientFrame): void {
    if (!isOver) line.send(JSON.stringify(frame));
  }

  function close(): void {
    if (isOver) return;
    isOver = true;
    callOff();
    line.close();
  }

  return { pace: createPace(), send, close };
}

/** Reads a frame. Its shape is the server's promise; what is no frame is passed over. */
function readFrame(text: string): ServerFrame | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "type" in value
      ? (value as ServerFrame)
      : undefined;
  } catch {
    return undefined;
  }
}
