/**
 * Coming back from a provider that posts its answer, as Apple does where a name or an address is asked for.
 *
 * The page that posts is the provider's, so the browser brings none of our cookies along (`SameSite=Lax`),
 * and cannot be told from another. It is sent on by GET to the same address, with the same values: there
 * the cookies come along, and everything is decided. Nothing is looked up, kept or set here.
 *
 * @see OAuth 2.0 Form Post Response Mode; RFC 6265bis, section 5.2 (Lax, and safe methods)
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { BODY_LIMIT_BYTES, OPERATIONS } from "@postern/wire";
import type { Answers } from "../http/answers.ts";
import { readBodyBytes } from "../http/body_bytes.ts";
import { decodeUtf8 } from "../http/json_body.ts";
import { type RefusalError, type Route, refuse, route } from "../http/route.ts";
import { loginWithError, redirect } from "./_redirect.ts";

const FORM_TYPE = "application/x-www-form-urlencoded";

/** What goes on. The rest, such as the name that Apple posts with the first sign-in, is nobody's proof. */
const FIELDS = ["state", "code", "error", "iss"] as const;

/** Longest value that goes on, characters: an address has no room for more. */
const VALUE_MAX_LENGTH = 2_048;

/** Sends the browser on with what it was made to bring. */
export function receiveProviderAnswerRoute(deps: { readonly answers: Answers }): Route {
  return route(OPERATIONS.receiveProviderAnswer, async ({ context, params }) => {
    const form = await readForm(context.request);
    if (!form.ok) return refuse(form.error);
    const path = `/accounts/${encodeURIComponent(params.provider)}/login/callback`;
    const picked = pick(form.value);
    const location = picked === undefined ? loginWithError("provider_error") : `${path}?${picked}`;
    return redirect(deps.answers, context, { status: 303, location });
  });
}

async function readForm(request: Request): Promise<Result<URLSearchParams, RefusalError>> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== FORM_TYPE) {
    return err({ code: "unsupported_media_type", detail: `Send it as ${FORM_TYPE}` });
  }
  const bytes = await readBodyBytes(request, BODY_LIMIT_BYTES);
  if (!bytes.ok) {
    return err({ code: bytes.error.code === "too_large" ? "too_large" : "invalid_request" });
  }
  const text = decodeUtf8(bytes.value);
  return text === undefined ? err({ code: "invalid_request" }) : ok(new URLSearchParams(text));
}

/** What goes on, also what is there twice: that is judged by the GET. `undefined` where it is too much for an address. */
function pick(given: URLSearchParams): URLSearchParams | undefined {
  const picked = new URLSearchParams();
  for (const name of FIELDS) {
    const values = given.getAll(name);
    if (values.join("").length > VALUE_MAX_LENGTH) return undefined;
    for (const value of values.slice(0, 2)) picked.append(name, value);
  }
  return picked;
}
