/**
 * Managing providers while the server runs: make, edit, switch, replace the secret.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { isFresh } from "../admin/guard_target.ts";
import type { AdminActionIn } from "../events/actions.ts";
import { type Details, eventOf } from "../events/event.ts";
import type { HasClock, HasSealer, HasStore } from "../ports.ts";
import { findAdministratorsLost, type LocksOut, lockedOutDetails } from "./_locked_out.ts";
import { type Provider, type ProviderKind, providerContext } from "./provider.ts";

/** What managing needs. */
export type EditProvidersDeps = HasClock & HasStore & HasSealer;

/** A provider to be made. */
export interface CreateProvider {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  readonly source: "env" | "console";
}

/** What of a provider is to change. */
export interface UpdateProvider {
  readonly id: string;
  readonly name?: string | undefined;
  readonly issuer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly expected?: Version;
  /** Also where another issuer shuts administrators out, who are known by the one before. */
  readonly isForced?: boolean;
}

/** Which provider is to be on or off. */
export interface SetProviderEnabled {
  readonly id: string;
  readonly isEnabled: boolean;
  readonly expected?: Version;
  /** Also where that shuts administrators out. */
  readonly isForced?: boolean;
}

/** There is no such provider. */
export interface ProviderNotFound {
  readonly code: "not_found";
}

/** Makes a provider, switched on. */
export async function createProvider(
  deps: EditProvidersDeps,
  actor: Actor,
  command: CreateProvider,
): Promise<Result<null, { readonly code: "conflict" }>> {
  const at = deps.clock.now();
  const { clientSecret, ...facts } = command;
  return await deps.store.write(async (tx) => {
    const value = await tx.insertProvider({
      ...facts,
      isEnabled: true,
      leaving: null,
      createdAt: at,
      updatedAt: at,
      sealedSecret: deps.sealer.seal(providerContext(command.id), clientSecret),
      sealedPreviousSecret: null,
    });
    const details = { provider: command.id, after: shownOf(facts) };
    const event = { at, action: "admin.providers.create", success: value.ok, details } as const;
    return { value, event: eventOf(actor, event) };
  });
}

/**
 * Edits a provider. Another issuer is sent the secret that is kept, and vouches for whom it likes, so
 * that wants a sign-in a moment ago, as a new secret does.
 */
export async function updateProvider(
  deps: EditProvidersDeps,
  actor: Actor,
  command: UpdateProvider,
): Promise<Result<null, NotEdited | LocksOut | { readonly code: "step_up_required" }>> {
  const { id, expected, isForced = false, ...given } = command;
  const before = await deps.store.findProvider(id);
  const isMoved = given.issuer !== undefined && given.issuer !== before?.issuer;
  if (isMoved && !isFresh(actor, deps.clock.now())) return err({ code: "step_up_required" });
  const patch = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return await change(deps, actor, {
    id,
    action: "admin.providers.update",
    patch,
    after: patch as Details,
    expected,
    shutsOut: isMoved ? { isForced } : null,
  });
}

/**
 * Switches a provider on or off. An administrator does not switch off the only way in of one, unless it is
 * forced; whoever has the machine can switch it on again, and is not asked. Other users wait until it is on.
 */
export async function setProviderEnabled(
  deps: EditProvidersDeps,
  actor: Actor,
  { id, isEnabled, expected, isForced = false }: SetProviderEnabled,
): Promise<Result<null, NotEdited | LocksOut>> {
  const after = { enabled: isEnabled };
  return await change(deps, actor, {
    id,
    action: "admin.providers.set_enabled",
    patch: { isEnabled },
    after,
    expected,
    shutsOut: isEnabled ? null : { isForced },
  });
}

/**
 * Puts a new secret in place; the old one is tried where the new one is refused, until the new one has
 * worked. One that never worked does not push out the one that did.
 */
export async function replaceProviderSecret(
  deps: EditProvidersDeps,
  actor: Actor,
  command: { readonly id: string; readonly clientSecret: string; readonly expected?: Version },
): Promise<Result<null, NotEdited | LocksOut>> {
  const { id } = command;
  const before = await deps.store.findProvider(id);
  if (before === null) return err({ code: "not_found" });
  const patch = {
    sealedSecret: deps.sealer.seal(providerContext(id), command.clientSecret),
    sealedPreviousSecret: before.sealedPreviousSecret ?? before.sealedSecret,
  };
  return await change(deps, actor, {
    id,
    action: "admin.providers.replace_secret",
    patch,
    after: {},
    expected: command.expected,
    shutsOut: null,
  });
}

interface Changing {
  readonly id: string;
  readonly action: AdminActionIn<"providers">;
  readonly patch: Parameters<
    Parameters<Parameters<HasStore["store"]["write"]>[0]>[0]["updateProvider"]
  >[1];
  /** What the event says of it. Never a secret. */
  readonly after: Details;
  readonly expected: Version;
  /** Whether administrators may be left without a way in by it, and whether that is meant. */
  readonly shutsOut: { readonly isForced: boolean } | null;
}

/** When a provider was last edited, as it was shown; left out: whatever it is. */
type Version = EpochMs | undefined;

/** Why a provider stays as it is: it is not there, or was edited meanwhile. */
type NotEdited = ProviderNotFound | { readonly code: "conflict" };

async function change(
  deps: EditProvidersDeps,
  actor: Actor,
  changing: Changing,
): Promise<Result<null, NotEdited | LocksOut>> {
  const at = deps.clock.now();
  const { id, action, patch, after } = changing;
  return await deps.store.write<Result<null, NotEdited | LocksOut>>(async (tx) => {
    const before = await tx.findProvider(id);
    const shown = { provider: id, before: before === null ? null : shownOf(before) };
    const { shutsOut } = changing;
    const mayShutOut = shutsOut !== null && before?.isEnabled === true;
    const locksOut = mayShutOut ? await findAdministratorsLost(tx, id) : null;
    const lost = locksOut === null ? {} : lockedOutDetails(locksOut);
    const refusal = refuse(actor, changing, { before, locksOut });
    if (refusal !== null) {
      const details = { ...shown, refused: refusal.code, ...lost };
      return {
        value: err(refusal),
        event: eventOf(actor, { at, action, success: false, details }),
      };
    }
    // One that leaves is as good as gone: nothing brings it back half way.
    const isStaying = before !== null && before.leaving === null;
    const isThere = isStaying && (await tx.updateProvider(id, patch, at));
    const details = { ...shown, after, ...lost };
    const value = isThere ? ok(null) : err({ code: "not_found" as const });
    return { value, event: eventOf(actor, { at, action, success: isThere, details }) };
  });
}

function refuse(
  actor: Actor,
  { expected, shutsOut }: Changing,
  found: { readonly before: Provider | null; readonly locksOut: LocksOut | null },
): { readonly code: "conflict" } | LocksOut | null {
  const { before, locksOut } = found;
  if (before !== null && expected !== undefined && before.updatedAt !== expected) {
    return { code: "conflict" };
  }
  const isMeant = actor.type !== "user" || shutsOut?.isForced === true;
  return isMeant ? null : locksOut;
}

function shownOf(
  provider: Pick<Provider, "name" | "issuer" | "clientId" | "scopes"> & {
    readonly isEnabled?: boolean;
  },
): Details {
  const { name, issuer, clientId, scopes, isEnabled = true } = provider;
  return { name, issuer, client_id: clientId, scopes: [...scopes], enabled: isEnabled };
}
