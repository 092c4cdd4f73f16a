/**
 * The streams that consoles have open in this process: who has how many, and what wakes them.
 *
 * A stream finds out by itself what is new, and whether its console may still know; here it is only
 * woken to look.
 *
 * @module
 */

import type { UserActor } from "@postern/auth";
import type { Stream } from "@postern/rpc";
import { err, ok } from "@postern/std";
import type { AdminStreams } from "../admin_streams_port.ts";
import { type Bell, createBell } from "./_bell.ts";

/** Most streams of one console: each page has one or two, and some windows are open. */
const STREAMS_MAX = 16;

/** Shortest time between two looks of a stream, so that a flood of commits is looked at in pieces. */
const REST_MS = 100;

interface Open {
  readonly actor: Pick<UserActor, "sessionId" | "userId">;
  state: Stream["state"];
  /** Rung by whatever may be news. */
  readonly news: Bell;
  /** Rung by what cannot wait. */
  readonly urgent: Bell;
}

/** Makes them; there is none yet. */
export function createAdminStreams(): AdminStreams {
  const all = new Set<Open>();
  let isStopping = false;
  return {
    open(actor, signal) {
      if (isStopping) return err({ code: "busy" });
      const own = [...all].filter((other) => other.actor.sessionId === actor.sessionId);
      if (own.length >= STREAMS_MAX) return err({ code: "rate_limited" });
      const open: Open = { actor, state: "open", news: createBell(), urgent: createBell() };
      all.add(open);
      const leave = () => {
        if (open.state === "open") open.state = "gone";
        all.delete(open);
        ringUrgently(open);
      };
      if (signal?.aborted) leave();
      signal?.addEventListener("abort", leave, { once: true });
      return ok({
        get state() {
          return open.state;
        },
        wait: (maxMs) => wait(open, maxMs),
        close() {
          signal?.removeEventListener("abort", leave);
          leave();
        },
      });
    },
    committed() {
      for (const open of all) open.news.ring();
    },
    recheck(whose) {
      for (const open of all) if (isOf(open, whose)) ringUrgently(open);
    },
    stop() {
      isStopping = true;
      for (const open of all) {
        open.state = "stopping";
        ringUrgently(open);
      }
    },
    get size() {
      return all.size;
    },
  };
}

function isOf({ actor }: Open, whose: Parameters<AdminStreams["recheck"]>[0]): boolean {
  if (whose === undefined) return true;
  return "userId" in whose ? actor.userId === whose.userId : actor.sessionId === whose.sessionId;
}

function ringUrgently(open: Open): void {
  open.news.ring();
  open.urgent.ring();
}

async function wait(open: Open, maxMs: number): Promise<void> {
  await open.urgent.pause(REST_MS);
  await open.news.pause(Math.max(0, maxMs - REST_MS));
  open.urgent.hush();
  open.news.hush();
}
