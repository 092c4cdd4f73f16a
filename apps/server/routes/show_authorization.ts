/**
 * The page on which an administrator lets a console in, or what comes before it.
 *
 * @see RFC 6749, section 4.1.2.1; RFC 9700, section 4.11 (open redirects)
 * @module
 */

import {
  type AuthorizationError,
  type AuthorizationRequest,
  checkAuthorization,
  isRecentEnough,
  refuseConsole,
  signedInAt,
  type User,
} from "@postern/auth";
import type { AuthorizationView } from "@postern/web";
import { OPERATIONS, permissionWords } from "@postern/wire";
import type { Answers } from "../http/answers.ts";
import type { IdentifyDeps } from "../http/identify.ts";
import type { RequestContext } from "../http/request_context.ts";
import { type Route, route } from "../http/route.ts";
import { answerTo, findBrowser } from "./_authorization.ts";
import { operationView } from "./_operation_view.ts";
import { redirect } from "./_redirect.ts";

/** What deciding what to show needs. */
export interface ShowAuthorizationDeps extends IdentifyDeps {
  readonly answers: Answers;
  readonly publicUrl: string;
  readonly authorizationPage: (
    context: RequestContext,
    status: number,
    view: AuthorizationView,
  ) => Response;
}

/** Asks, sends to the sign-in page, sends back, or says why not. */
export function showAuthorizationRoute(deps: ShowAuthorizationDeps): Route {
  return route(OPERATIONS.showAuthorization, async ({ context, cookies }) => {
    const { searchParams } = new URL(context.request.url);
    const asked = checkAuthorization(deps.sha256, (name) => searchParams.getAll(name));
    if (!asked.ok) return refuse(deps, context, asked.error);
    const browser = await findBrowser(deps, cookies);
    if (browser === null) return toSignIn(deps, context, { ...asked.value, isAgain: false });
    const { user, session } = browser;
    const reason = refuseConsole(user);
    if (reason !== null) {
      const view = { kind: "refused", reason, username: user.username } as const;
      return deps.authorizationPage(context, 403, view);
    }
    const isRecent = isRecentEnough(asked.value, signedInAt(session), deps.clock.now());
    if (asked.value.mustSignIn || !isRecent) {
      return toSignIn(deps, context, { ...asked.value, isAgain: true });
    }
    return deps.authorizationPage(context, 200, await ask(deps, user, asked.value));
  });
}

/** Until client and redirect are right nobody is sent anywhere. */
function refuse(
  deps: ShowAuthorizationDeps,
  context: RequestContext,
  error: AuthorizationError,
): Response {
  const { code } = error;
  if (code === "unknown_client" || code === "bad_redirect") {
    const view = { kind: "refused", reason: code, username: null } as const;
    return deps.authorizationPage(context, 400, view);
  }
  const location = answerTo(deps.publicUrl, error, { error: code });
  return redirect(deps.answers, context, { location });
}

/**
 * The sign-in page leads back here, and says why it asks whom it knows already. Where a new sign-in was asked
 * for, it is said from when on one counts.
 */
function toSignIn(
  deps: ShowAuthorizationDeps,
  context: RequestContext,
  { mustSignIn, isAgain }: Pick<AuthorizationRequest, "mustSignIn"> & { readonly isAgain: boolean },
): Response {
  const { search, searchParams } = new URL(context.request.url);
  if (mustSignIn) {
    searchParams.set("signed_in_after", String(deps.clock.now()));
  }
  const query = mustSignIn ? `?${searchParams}` : search;
  const next = `${OPERATIONS.showAuthorization.path}${query}`;
  const location = `/login?${new URLSearchParams(isAgain ? { next, again: "1" } : { next })}`;
  return redirect(deps.answers, context, { location });
}

async function ask(
  deps: ShowAuthorizationDeps,
  user: User,
  { redirectUri, operation }: AuthorizationRequest,
): Promise<AuthorizationView> {
  const { username, name, role } = user;
  return {
    kind: "ask",
    username,
    name,
    role: role ?? "",
    address: new URL(redirectUri).host,
    userId: String(user.id),
    may: role === null ? [] : permissionWords(role),
    operation: operation === null ? null : await operationView(deps.store, operation),
  };
}
