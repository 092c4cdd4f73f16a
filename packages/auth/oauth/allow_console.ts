/**
 * An administrator lets a console in, which makes the code that is sent to it; or does not.
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
import { type AuthorizationRequest, isRecentEnough } from "./check_authorization.ts";
import { type ConsoleRefusal, refuseConsole } from "./refuse_console.ts";

/** What letting a console in needs. */
export type AllowConsoleDeps = HasClock & HasStore & HasRandom & HasSha256;

/** Why no code was made. */
export type AllowConsoleError =
  /** Whoever asks may not let a console in. */
  | { readonly code: "forbidden"; readonly reason: ConsoleRefusal }
  /** The sign-in is older than the console accepts. */
  | { readonly code: "step_up_required" };

type Allowed = Result<{ readonly code: string }, AllowConsoleError>;

/** Makes a code. */
export async function allowConsole(
  deps: AllowConsoleDeps,
  actor: UserActor,
  request: Omit<AuthorizationRequest, "mustSignIn">,
): Promise<Allowed> {
  const at = deps.clock.now();
  if (!isRecentEnough(request, actor.signedInAt, at)) return err({ code: "step_up_required" });
  const { redirectUri, codeChallenge, operation } = request;
  const code = newSecret(deps.random);
  return await deps.store.write<Allowed>(async (tx) => {
    const user = await tx.findUser(actor.userId);
    const reason = user === null ? "no_role" : refuseConsole(user);
    const facts = { at, action: "admin.console.allow", user } as const;
    const asked = operation === null ? {} : { operation: operation.path };
    if (user === null || reason !== null) {
      const details = { ...asked, reason: reason ?? "no_role" };
      const event = eventOf(actor, { ...facts, success: false, details });
      return { value: err({ code: "forbidden", reason: details.reason }), event };
    }
    await tx.insertOauthCode({
      codeHash: deps.sha256(code),
      userId: user.id,
      redirectUri,
      codeChallenge,
      signedInAt: actor.signedInAt,
      createdAt: at,
      expiresAt: after(at, OAUTH_CODE_MS),
      sessionId: null,
      allowedBy: actor.sessionId,
      stepUpFor: operation?.id ?? null,
    });
    return { value: ok({ code }), event: eventOf(actor, { ...facts, details: asked }) };
  });
}

/** Notes that somebody turned a console away. */
export async function denyConsole(deps: HasClock & HasStore, actor: UserActor): Promise<void> {
  const at = deps.clock.now();
  const user = { id: actor.userId, username: actor.username };
  await deps.store.write(async () => ({
    value: null,
    event: eventOf(actor, { at, action: "admin.console.deny", user }),
  }));
}
