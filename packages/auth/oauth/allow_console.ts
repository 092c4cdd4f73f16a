/**
 * An administrator lets a console in: makes the code that is sent to it.
 *
 * @see RFC 6749, section 4.1.2
 * @module
 */

import { after, err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { OAUTH_CODE_MS } from "../lifetimes.ts";
import { newSecret } from "../links/secret.ts";
import type { HasClock, HasRandom, HasSha256, HasStore } from "../ports.ts";
import type { AuthorizationRequest } from "./check_authorization.ts";

/** What letting a console in needs. */
export type AllowConsoleDeps = HasClock & HasStore & HasRandom & HasSha256;

/** Why no code was made. */
export type AllowConsoleError =
  /** Whoever asks has no role. */
  | { readonly code: "forbidden" }
  /** The sign-in is older than the console accepts. */
  | { readonly code: "step_up_required" };

/** Makes a code. */
export async function allowConsole(
  deps: AllowConsoleDeps,
  actor: UserActor,
  request: AuthorizationRequest,
): Promise<Result<{ readonly code: string }, AllowConsoleError>> {
  const at = deps.clock.now();
  const { maxAgeMs, redirectUri, codeChallenge } = request;
  if (maxAgeMs !== null && at - actor.signedInAt > maxAgeMs) {
    return err({ code: "step_up_required" });
  }
  const code = newSecret(deps.random);
  return await deps.store.write<Result<{ code: string }, AllowConsoleError>>(async (tx) => {
    const user = await tx.findUser(actor.userId);
    const isAllowed = user !== null && user.role !== null;
    const action = "admin.console.allow";
    const event = eventOf(actor, { at, action, user, success: isAllowed });
    if (!isAllowed) return { value: err({ code: "forbidden" }), event };
    await tx.insertOauthCode({
      codeHash: deps.sha256(code),
      userId: user.id,
      redirectUri,
      codeChallenge,
      signedInAt: actor.signedInAt,
      createdAt: at,
      expiresAt: after(at, OAUTH_CODE_MS),
      sessionId: null,
    });
    return { value: ok({ code }), event };
  });
}
