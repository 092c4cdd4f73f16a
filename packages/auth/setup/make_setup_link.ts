/**
 * Making a link that makes an owner: for whoever starts the server first, and at the command line.
 *
 * @module
 */

import { after, type EpochMs } from "@postern/std";
import { type OperatorActor, SYSTEM, type SystemActor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { SETUP_LINK_MS } from "../lifetimes.ts";
import { newSecret } from "../links/secret.ts";
import type { HasClock, HasRandom, HasSha256, HasStore } from "../ports.ts";

/** A link that was just made. */
export interface MadeSetupLink {
  /** Path and fragment, to be put after the public URL. Shown once. */
  readonly path: string;
  readonly expiresAt: EpochMs;
}

/** What making a link needs. */
type MakeSetupLinkDeps = HasClock & HasStore & HasRandom & HasSha256;

/** Makes a link where there is no owner at all, blocked or not; null where there is one. */
export async function makeFirstSetupLink(deps: MakeSetupLinkDeps): Promise<MadeSetupLink | null> {
  return (await deps.store.hasOwner()) ? null : await makeSetupLink(deps, SYSTEM);
}

/** Makes a link. Those made before stay good until one is used, which voids all others. */
export async function makeSetupLink(
  deps: MakeSetupLinkDeps,
  actor: OperatorActor | SystemActor,
): Promise<MadeSetupLink> {
  const at = deps.clock.now();
  const token = newSecret(deps.random);
  const expiresAt = after(at, SETUP_LINK_MS);
  const tokenHash = deps.sha256(token);
  return await deps.store.write(async (tx) => {
    await tx.insertSetupLink({ tokenHash, createdAt: at, expiresAt });
    const event = eventOf(actor, { at, action: "admin.users.create_owner" });
    return { value: { path: `/setup#token=${token}`, expiresAt }, event };
  });
}
