/**
 * Streams of what happens: the loop that every one of them is.
 *
 * A stream is read from the store again and again, so that nothing is between the store and what a
 * console saw last. Before each reading it is found out whether the console may still see it.
 *
 * @module
 */

import { recheckConsole, type UserActor } from "@postern/auth";
import { PERMISSIONS, type Permission } from "@postern/wire";
import { tracked } from "@trpc/server";
import type { AdminDeps } from "./context.ts";
import { refused, unwrap } from "./refused.ts";

/** Who listens, and to what it needs a permission. */
export interface Listener {
  readonly deps: AdminDeps;
  readonly actor: UserActor;
  readonly permission: Permission;
  readonly signal: AbortSignal | undefined;
}

/** What a stream tells, and how. */
export interface Telling<T> {
  /** What leaves: anything beside it is left out. */
  readonly output: { parse(value: unknown): T };
  /** Longest time between two readings, milliseconds: what happens in other processes wakes nobody here. */
  readonly everyMs: number;
  /** Reads what is new. */
  readonly read: () => Promise<Piece<T>>;
}

/** What one reading gave. */
export interface Piece<T> {
  /** Left out where there is nothing to tell. `id` is what a listener that comes back goes on from. */
  readonly tell?: { readonly id: string; readonly data: T };
  /** Whether there is more to be read at once. */
  readonly more: boolean;
  /** Whether that was all, so that the stream ends here. */
  readonly isLast?: boolean;
}

/** Tells what is new until the listener is gone or may not know any more. Begins when it is first asked. */
export async function* tell<T>(listener: Listener, { output, everyMs, read }: Telling<T>) {
  const { deps, actor, signal } = listener;
  const stream = unwrap(deps.streams.open(actor, signal));
  try {
    while (stream.state === "open") {
      await recheck(listener);
      const { tell: news, more, isLast } = await read();
      if (news !== undefined) yield tracked(news.id, output.parse(news.data));
      if (isLast === true) return;
      if (!more) await stream.wait(everyMs);
    }
    // Whoever listens comes back later, or to another instance.
    if (stream.state === "stopping") throw refused("busy", "The server is stopping");
  } finally {
    stream.close();
  }
}

async function recheck({ deps, actor, permission }: Listener): Promise<void> {
  if (deps.isKeptOut(actor.ip)) throw refused("blocked");
  const { role } = unwrap(await recheckConsole(deps, actor));
  if (role === null || !PERMISSIONS[role].has(permission)) throw refused("forbidden");
}
