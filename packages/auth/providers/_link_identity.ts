/**
 * Linking a provider's account to a user, with the tokens that came with it.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result, uuidV7 } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf, type NewEvent } from "../events/event.ts";
import type { HasRandom, HasSealer, HasStore } from "../ports.ts";
import { isLive } from "../sessions/session.ts";
import type { AuthTx } from "../store.ts";
import { isBlocked, type User } from "../users/user.ts";
import { confirmSecret } from "./_confirm_secret.ts";
import { refreshTime } from "./_refresh_times.ts";
import type { AdmitError, Vouched } from "./_vouched.ts";
import { type Identity, type IdentityId, tokenContext } from "./identity.ts";

type Deps = HasRandom & HasSealer;

/** A user and the account to be linked. */
interface Attaching {
  readonly actor: Actor;
  readonly vouched: Vouched;
  readonly user: User;
}

/** Links the account to whoever began the visit, if that session still lives. */
export async function linkIdentity(
  deps: Deps & HasStore,
  actor: Actor,
  vouched: Vouched,
): Promise<Result<null, AdmitError>> {
  const { flow, account, provider, at } = vouched;
  return await deps.store.write<Result<null, AdmitError>>(async (tx) => {
    const holder = flow.link === null ? null : await tx.findSession(flow.link.sessionId);
    const known = await tx.findIdentityBySubject(account.issuer, account.subject);
    const user = holder?.user ?? null;
    const isHolder = holder !== null && isLive(holder.session, at);
    const offered = await tx.findProvider(provider.id);
    const code = offered?.isEnabled
      ? linkRefusal({ user, isHolder, known }, at)
      : "provider_disabled";
    if (code !== null || user === null || offered === null) {
      const details = { provider: provider.id, reason: code };
      const facts = { at, action: "oauth_link", user, success: false, details } as const;
      return { value: err({ code: code ?? "provider_error" }), event: eventOf(actor, facts) };
    }
    const event = await attachIdentity(deps, tx, { actor, vouched, user });
    const details = { provider: provider.id, reconnected: true };
    const again = eventOf(actor, { at, action: "oauth_link", user, isProven: true, details });
    const confirmed = await confirmSecret(tx, vouched, offered);
    return { value: ok(null), event: [event ?? again, ...confirmed] };
  });
}

interface Linking {
  readonly user: User | null;
  readonly isHolder: boolean;
  readonly known: Identity | null;
}

function linkRefusal({ user, isHolder, known }: Linking, at: EpochMs): AdmitError["code"] | null {
  if (user !== null && isBlocked(user, at)) return "blocked";
  if (user === null || !isHolder) return "provider_error";
  return known !== null && known.userId !== user.id ? "identity_taken" : null;
}

/**
 * Links the account, or notes that it was used, and keeps its tokens.
 *
 * @returns the event of a new link; null where it was linked before.
 */
export async function attachIdentity(
  deps: Deps,
  tx: AuthTx,
  { actor, vouched, user }: Attaching,
): Promise<NewEvent | null> {
  const { account, provider, at } = vouched;
  const label = account.email ?? account.login;
  const known = await tx.findIdentityBySubject(account.issuer, account.subject);
  const id = known?.id ?? (uuidV7(deps.random, at) as IdentityId);
  if (known === null) {
    await tx.insertIdentity({
      id,
      userId: user.id,
      providerId: provider.id,
      issuer: account.issuer,
      subject: account.subject,
      label,
      linkedAt: at,
      usedAt: at,
      needsReconnect: false,
    });
  } else await tx.useIdentity(id, { providerId: provider.id, label }, at);
  await keepTokens(deps, tx, { id, vouched });
  if (known !== null) return null;
  const details = { provider: provider.id, identity: id };
  return eventOf(actor, { at, action: "oauth_link", user, isProven: true, details });
}

async function keepTokens(
  deps: Deps,
  tx: AuthTx,
  { id, vouched }: { readonly id: IdentityId; readonly vouched: Vouched },
): Promise<void> {
  const { tokens } = vouched;
  const before = await tx.findIdentityTokens(id);
  const sealedRefresh =
    tokens.refreshToken === null
      ? null
      : deps.sealer.seal(tokenContext(id, "refresh"), tokens.refreshToken);
  const kept = {
    // Some providers hand a refresh token out only the first time.
    sealedRefresh: sealedRefresh ?? before?.sealedRefresh ?? null,
    expiresAt: tokens.expiresAt,
  };
  await tx.saveIdentityTokens({
    ...kept,
    identityId: id,
    sealedAccess: deps.sealer.seal(tokenContext(id, "access"), tokens.accessToken),
    scopes: tokens.scopes,
    generation: (before?.generation ?? 0) + 1,
    refreshAt: refreshTime(deps.random, kept, vouched.at),
  });
}
