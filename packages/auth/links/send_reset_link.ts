/**
 * Sending a link that sets a new password.
 *
 * @module
 */

import { after, type EpochMs } from "@postern/std";
import { RESET_LINK_MS } from "../lifetimes.ts";
import type { HasRandom, HasSha256 } from "../ports.ts";
import type { AuthTx } from "../store.ts";
import type { User } from "../users/user.ts";
import { newSecret } from "./secret.ts";

/** Sends one to a user's address. */
export async function sendResetLink(
  deps: HasRandom & HasSha256,
  tx: AuthTx,
  { user, at }: { readonly user: User; readonly at: EpochMs },
): Promise<void> {
  const token = newSecret(deps.random);
  const { id: userId, email, username } = user;
  await tx.insertLink({
    tokenHash: deps.sha256(token),
    kind: "reset_password",
    userId,
    email,
    browserHash: null,
    createdAt: at,
    expiresAt: after(at, RESET_LINK_MS),
  });
  const mail = { kind: "reset_password", username, token, lifeMs: RESET_LINK_MS } as const;
  await tx.queueMail(email, mail, at);
}
