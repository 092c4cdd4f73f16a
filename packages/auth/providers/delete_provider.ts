/**
 * Taking a provider away, with its identities and their tokens.
 *
 * There may be a million of those, so it goes in steps: looking whom it locks out; switching it off and
 * marking it, with the event; identities in many small transactions; the provider itself last. Whoever is
 * stopped in between loses nothing: the mark stays, and `continueDeletions` goes on.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { UserId } from "../users/user.ts";
import { findLockedOut, type LocksOut, lockedOutDetails } from "./_locked_out.ts";
import type { ProviderNotFound } from "./edit_providers.ts";

/** What taking away needs. */
export interface DeleteProviderDeps extends HasClock, HasStore {
  /** Told after each step how many identities are gone. */
  readonly onProgress?: (done: number) => void;
}

/** Why a provider stays. */
export type DeleteProviderError = ProviderNotFound | LocksOut;

/**
 * Takes a provider away; refused while it is somebody's only way in, unless forced.
 *
 * Whoever loses their other ways in while this goes on keeps this one, unless forced: then the provider
 * stays, switched off, and the error names them.
 */
export async function deleteProvider(
  deps: DeleteProviderDeps,
  actor: Actor,
  command: { readonly id: string; readonly isForced: boolean },
): Promise<Result<null, DeleteProviderError>> {
  const { id, isForced } = command;
  const at = deps.clock.now();
  const locksOut = await findLockedOut(deps.store, id);
  const marked = await deps.store.write<Result<null, DeleteProviderError>>(async (tx) => {
    const value = await mark();
    const details = { provider: id, forced: isForced, ...lockedOutDetails(locksOut) };
    const facts = { at, action: "admin.providers.delete", success: value.ok, details } as const;
    return { value, event: eventOf(actor, facts) };

    async function mark(): Promise<Result<null, DeleteProviderError>> {
      if (locksOut !== null && !isForced) return err(locksOut);
      const leaving = isForced ? "forced" : "sparing";
      const isThere = await tx.updateProvider(id, { isEnabled: false, leaving }, at);
      return isThere ? ok(null) : err({ code: "not_found" });
    }
  });
  return marked.ok ? await takeAway(deps, actor, id) : marked;
}

/** Goes on with what somebody began and did not finish. */
export async function continueDeletions(
  deps: DeleteProviderDeps,
  actor: Actor,
): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const { id, leaving } of await deps.store.listProviders()) {
    if (leaving !== null && (await takeAway(deps, actor, id)).ok) gone.push(id);
  }
  return gone;
}

async function takeAway(
  deps: DeleteProviderDeps,
  actor: Actor,
  id: string,
): Promise<Result<null, LocksOut>> {
  const { bookkeeping } = deps.store;
  let done = 0;
  let after: UserId | null = null;
  do {
    const step = await bookkeeping.dropIdentitiesAt(id, after);
    done += step.done;
    deps.onProgress?.(done);
    after = step.last;
  } while (after !== null);
  if (await bookkeeping.dropProvider(id)) return ok(null);
  const locksOut = await findLockedOut(deps.store, id);
  // Nobody: another process was faster.
  return locksOut === null ? ok(null) : await stay(deps, actor, { id, locksOut });
}

/** Somebody has lost their other ways in since it was looked. */
async function stay(
  deps: DeleteProviderDeps,
  actor: Actor,
  { id, locksOut }: { readonly id: string; readonly locksOut: LocksOut },
): Promise<Result<null, LocksOut>> {
  const at = deps.clock.now();
  const details = { provider: id, forced: false, ...lockedOutDetails(locksOut) };
  const facts = { at, action: "admin.providers.delete", success: false, details } as const;
  return await deps.store.write<Result<null, LocksOut>>(async (tx) => {
    await tx.updateProvider(id, { leaving: null }, at);
    return { value: err(locksOut), event: eventOf(actor, facts) };
  });
}
