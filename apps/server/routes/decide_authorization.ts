/**
 * An administrator's answer to a console.
 *
 * @see RFC 6749, sections 4.1.2 and 4.1.2.1
 * @module
 */

import {
  type AllowConsoleError,
  type AuthorizationError,
  allowConsole,
  checkAuthorization,
  denyConsole,
} from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { userActor } from "../http/actors.ts";
import type { IdentifyDeps } from "../http/identify.ts";
import {
  type Call,
  type Refusal,
  type RefusalError,
  type Route,
  refuse,
  reply,
  route,
} from "../http/route.ts";
import { answerTo, findBrowser, isOwnPage } from "./_authorization.ts";
import type { DepsOf } from "./_deps_of.ts";

type Deps = DepsOf<typeof allowConsole> & IdentifyDeps & { readonly publicUrl: string };

type Body = Call<typeof OPERATIONS.decideAuthorization>["body"];

/** Answers with where the browser is to go: back to the console. */
export function decideAuthorizationRoute(deps: Deps): Route {
  return route(OPERATIONS.decideAuthorization, async ({ body, context, cookies }) => {
    const { publicUrl } = deps;
    if (!isOwnPage(context, publicUrl)) return refuse({ code: "csrf_failed" });
    const browser = await findBrowser(deps, cookies);
    if (browser === null) return refuse({ code: "unauthenticated" });
    // Somebody else signed in since the page was drawn, in another tab.
    const isOther = body.user_id !== undefined && body.user_id !== String(browser.user.id);
    if (isOther) return refuse({ code: "conflict" });
    const asked = checkAuthorization(deps.sha256, (name) => valuesOf(body, name));
    if (!asked.ok) return refuseFields(asked.error);
    const actor = userActor(context, browser);
    if (body.decision === "deny") {
      await denyConsole(deps, actor);
      const redirect_to = answerTo(publicUrl, asked.value, { error: "access_denied" });
      return reply(200, { redirect_to });
    }
    const made = await allowConsole(deps, actor, asked.value);
    if (!made.ok) return refuse(refusalOf(made.error));
    const redirect_to = answerTo(publicUrl, asked.value, { code: made.value.code });
    return reply(200, { redirect_to });
  });
}

function refusalOf(error: AllowConsoleError): RefusalError {
  const isOldPassword = error.code === "forbidden" && error.reason === "password_change_required";
  return { code: isOldPassword ? error.reason : error.code };
}

function valuesOf(body: Body, name: string): readonly string[] {
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return value === undefined ? [] : [String(value)];
}

/** The page sends what it was opened with, so that only a program comes here. */
function refuseFields({ code }: AuthorizationError): Refusal {
  const detail = `It is not what a console asks: ${code}`;
  const path = FIELDS[code];
  return refuse({ code: "invalid_request", errors: [{ path, code: "invalid_request", detail }] });
}

const FIELDS: Readonly<Record<AuthorizationError["code"], string>> = {
  unknown_client: "client_id",
  bad_redirect: "redirect_uri",
  unsupported_response_type: "response_type",
  invalid_request: "code_challenge",
};
