/**
 * Rotating a ring: planned, which signs nobody out, or because a key is compromised, which drops it
 * at once and ends what it signed.
 *
 * @see NIST SP 800-57 Part 1 Rev. 5, section 5.3.4 (cryptoperiods), section 5.5 (compromise)
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { AuthTx } from "../store.ts";
import type { Key, KeyId, Ring } from "./key.ts";

/** Makes keys: the secret sealed under the root key, and the public half where there is one. */
export interface KeyMaker {
  make(ring: Ring): Promise<Pick<Key, "id" | "sealedSecret" | "publicJwk">>;
}

/** What rotating needs. */
export interface RotateKeysDeps extends HasClock, HasStore {
  readonly keyMaker: KeyMaker;
}

/** Which ring, and whether a key of it is compromised. */
export interface RotateKeys {
  readonly ring: Ring;
  /** Left out: a planned rotation. `"current"`: the current key is compromised. */
  readonly compromised?: KeyId | "current" | undefined;
  /** Given: rotates only while this is the current key, so that two who see that it is due do so once. */
  readonly ifCurrent?: KeyId | undefined;
}

/** What came of a rotation. */
export interface Rotated {
  readonly ring: Ring;
  readonly current: KeyId;
  /** The key that was current before. */
  readonly previous: KeyId;
  readonly ends: { readonly sessions: number; readonly tokens: number };
}

/** Why the ring stayed as it was. */
export type RotateKeysError =
  /** The ring has no such key that is still in use. */
  | { readonly code: "not_found" }
  /** Somebody else rotated at the same moment. */
  | { readonly code: "conflict" };

/** Rotates a ring. */
export async function rotateKeys(
  deps: RotateKeysDeps,
  actor: Actor,
  command: RotateKeys,
): Promise<Result<Rotated, RotateKeysError>> {
  const fresh = [await deps.keyMaker.make(command.ring), await deps.keyMaker.make(command.ring)];
  const at = deps.clock.now();
  return await deps.store.write<Result<Rotated, RotateKeysError>>(async (tx) => {
    const keys = (await tx.listKeys()).filter((key) => key.ring === command.ring);
    const value = await rotate(tx, { command, keys, fresh, at });
    const action =
      command.compromised === undefined ? "admin.secrets.rotate" : "admin.secrets.compromise";
    const details = value.ok
      ? { ...value.value, ends: { ...value.value.ends } }
      : { ring: command.ring, reason: value.error.code };
    return { value, event: eventOf(actor, { at, action, success: value.ok, details }) };
  });
}

interface Plan {
  readonly command: RotateKeys;
  readonly keys: readonly Key[];
  readonly fresh: readonly Pick<Key, "id" | "sealedSecret" | "publicJwk">[];
  readonly at: EpochMs;
}

async function rotate(tx: AuthTx, plan: Plan): Promise<Result<Rotated, RotateKeysError>> {
  const current = plan.keys.find((key) => key.state === "current");
  const next = plan.keys.find((key) => key.state === "next");
  if (current === undefined || next === undefined) return err({ code: "conflict" });
  const { compromised, ifCurrent } = plan.command;
  if (ifCurrent !== undefined && current.id !== ifCurrent) return err({ code: "conflict" });
  if (compromised === undefined) return await rotateAsPlanned(tx, plan, { current, next });
  const dropped =
    compromised === "current" ? current : plan.keys.find((key) => key.id === compromised);
  if (dropped === undefined || dropped.state === "retired") return err({ code: "not_found" });
  return await drop(tx, plan, { current, next, dropped });
}

async function rotateAsPlanned(
  tx: AuthTx,
  plan: Plan,
  { current, next }: { readonly current: Key; readonly next: Key },
): Promise<Result<Rotated, RotateKeysError>> {
  await tx.moveKey(current.id, "current", "previous", plan.at);
  await tx.moveKey(next.id, "next", "current", plan.at);
  await insert(tx, plan, ["next"]);
  const ends = { sessions: 0, tokens: 0 };
  return ok({ ring: plan.command.ring, current: next.id, previous: current.id, ends });
}

/** Where the current key is known to others, so may the next one be, which lay beside it: both are replaced. */
async function drop(
  tx: AuthTx,
  plan: Plan,
  keys: { readonly current: Key; readonly next: Key; readonly dropped: Key },
): Promise<Result<Rotated, RotateKeysError>> {
  const { current, next, dropped } = keys;
  const depends = await tx.countDependants(dropped.id, plan.at);
  await tx.moveKey(dropped.id, dropped.state, afterDrop(plan.command.ring), plan.at);
  let newCurrent = current.id;
  if (dropped.id === current.id) {
    await tx.moveKey(next.id, "next", "retired", plan.at);
    newCurrent = await insert(tx, plan, ["current", "next"]);
  } else if (dropped.id === next.id) {
    await insert(tx, plan, ["next"]);
  }
  const ended = await tx.endSessions({ keyId: dropped.id }, plan.at, "key_compromised");
  // Whoever had the key may know verifier and nonce of a visit: all begin again.
  await tx.forgetFlows();
  const ends = { sessions: ended.length, tokens: depends.tokens };
  return ok({ ring: plan.command.ring, current: newCurrent, previous: current.id, ends });
}

/**
 * A key that signs is dropped at once. One that seals cannot be: what it sealed must be opened once
 * more, to be sealed anew. It retires as soon as that is done.
 */
function afterDrop(ring: Ring): "retired" | "previous" {
  return ring === "secrets" ? "previous" : "retired";
}

async function insert(
  tx: AuthTx,
  plan: Plan,
  states: readonly ("current" | "next")[],
): Promise<KeyId> {
  let first: KeyId | undefined;
  for (const [index, state] of states.entries()) {
    const made = plan.fresh[index];
    if (made === undefined) throw new RangeError("Cannot rotate a ring: too few keys were made");
    await tx.insertKey(newKey(plan.command.ring, state, { ...made, at: plan.at }));
    first ??= made.id;
  }
  if (first === undefined) throw new RangeError("Cannot rotate a ring: no key was made");
  return first;
}

/** A key that was just made, at its place in the ring. */
export function newKey(
  ring: Ring,
  state: "current" | "next",
  made: Pick<Key, "id" | "sealedSecret" | "publicJwk"> & { readonly at: EpochMs },
): Key {
  return {
    id: made.id,
    ring,
    state,
    sealedSecret: made.sealedSecret,
    publicJwk: made.publicJwk,
    createdAt: made.at,
    currentAt: state === "current" ? made.at : null,
    previousAt: null,
    retiredAt: null,
  };
}
