/**
 * Finds which administrator a console's access token stands for.
 *
 * @see RFC 9449, section 7.1
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { HasClock, HasStore, HasTokens } from "../ports.ts";
import type { AuthenticateError } from "../sessions/authenticate.ts";
import { isLive } from "../sessions/session.ts";
import type { SessionOfUser } from "../store.ts";
import { isBlocked } from "../users/user.ts";

/** A token, and the key that came with it. */
export interface ConsoleCredential {
  readonly token: string;
  /** Thumbprint of the key that the caller proved to hold. */
  readonly thumbprint: string;
}

/** Finds who a console's token stands for; nobody without its key, or without a role. */
export async function authenticateConsole(
  deps: HasClock & HasStore & HasTokens,
  { token, thumbprint }: ConsoleCredential,
): Promise<Result<SessionOfUser, AuthenticateError>> {
  const verified = await deps.tokens.verify(token, "console");
  if (!verified.ok) return verified;
  const { sessionId, userId } = verified.value;
  const found = await deps.store.findSession(sessionId);
  if (found === null || found.user.id !== userId) return err({ code: "session_ended" });
  const { session, user } = found;
  if (session.console?.thumbprint !== thumbprint) return err({ code: "invalid_token" });
  const now = deps.clock.now();
  const isGood = isLive(session, now) && !isBlocked(user, now) && user.role !== null;
  return isGood ? ok(found) : err({ code: "session_ended" });
}
