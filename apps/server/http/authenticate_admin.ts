/**
 * Finds which administrator a request comes from: by a console's token, and by a proof, made for this
 * very request, of the key that the token is bound to. Cookies are not looked at.
 *
 * @see RFC 9449 (DPoP), sections 4.3, 7.1 and 11.1
 * @module
 */

import {
  type AuthenticateError,
  type AuthStore,
  authenticateConsole,
  type Tokens,
  type UserActor,
} from "@postern/auth";
import { err, ok, type Result } from "@postern/std";
import { userActor } from "./actors.ts";
import { type ProveKeyDeps, proveKey, takeProof } from "./prove_key.ts";
import { contextOf } from "./request_context.ts";

/** What finding out needs. */
export interface AuthenticateAdminDeps extends ProveKeyDeps {
  readonly store: AuthStore;
  readonly tokens: Tokens;
}

/** Why a request comes from nobody. */
export type AuthenticateAdminError = AuthenticateError | { readonly code: "unauthenticated" };

/** Longest token that is looked at, characters. Ours are shorter. */
const TOKEN_MAX_LENGTH = 4_096;

/** Makes the guard. Whatever is wrong with a proof is `invalid_token`, like a token that is. */
export function createAuthenticateAdmin(deps: AuthenticateAdminDeps) {
  return async (request: Request): Promise<Result<UserActor, AuthenticateAdminError>> => {
    const authorization = request.headers.get("authorization");
    if (authorization === null) return err({ code: "unauthenticated" });
    const token = readToken(authorization);
    if (token === null) return err({ code: "invalid_token" });
    const proof = await proveKey(deps, request, token);
    if (!proof.ok) return err({ code: "invalid_token" });
    const { thumbprint } = proof.value;
    const found = await authenticateConsole(deps, { token, thumbprint });
    if (!found.ok) return found;
    // Last, so that only who holds a good token and its key makes rows.
    const isFirst = await takeProof(deps, proof.value);
    return isFirst
      ? ok(userActor(contextOf(request), found.value))
      : err({ code: "invalid_token" });
  };
}

function readToken(authorization: string): string | null {
  const [scheme, token, ...rest] = authorization.split(" ");
  const isDpop = scheme?.toLowerCase() === "dpop" && rest.length === 0;
  return isDpop && token !== undefined && token.length <= TOKEN_MAX_LENGTH ? token : null;
}
