/**
 * Asks a token endpoint.
 *
 * arctic builds the authorization URL and reads the tokens; its own token request is not used, since
 * it goes through the global fetch with no limit on time, size or redirects, and puts id and secret
 * into Basic without form-encoding them first. So the request is made here and sent by the guarded
 * client.
 *
 * @see RFC 6749, sections 2.3.1, 4.1.3, 5 and 6
 * @module
 */

import { type Clock, ok, type Result } from "@postern/std";
import { OAuth2Tokens } from "arctic";
import { secretToSend } from "./client_secret.ts";
import type { ClientAuth } from "./metadata.ts";
import type { Outgoing, OutgoingAnswer } from "./outgoing.ts";
import { callFailed, isPassing, type StepFailure, stepFailed } from "./step_failure.ts";

/** Where to ask, and as whom. */
export interface TokenEndpoint {
  readonly url: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientAuth: ClientAuth;
  /** Errors of its own making, beside those of the standard. */
  readonly errors: Readonly<Record<string, StepFailure["reason"]>>;
}

/** What asking needs. */
export interface TokenEndpointDeps {
  readonly clock: Clock;
  readonly outgoing: Outgoing;
}

/** Why nothing was asked: the secret has the form of a signing key, and is none. */
export const NO_SIGNING_KEY = "no signing key";

/** A grant: what is to be changed for tokens. */
export type Grant = Readonly<Record<string, string>>;

/** Asks for tokens. */
export async function requestTokens(
  { clock, outgoing }: TokenEndpointDeps,
  endpoint: TokenEndpoint,
  asked: { readonly grant: Grant; readonly secret: string },
): Promise<Result<OAuth2Tokens, StepFailure>> {
  const { clientId, clientAuth, url } = endpoint;
  const secret = await secretToSend(clock, endpoint, asked.secret);
  if (secret === undefined) return stepFailed("token", "invalid_client", { why: NO_SIGNING_KEY });
  const form = new URLSearchParams(asked.grant);
  if (clientAuth === "client_secret_post") {
    form.set("client_id", clientId);
    form.set("client_secret", secret);
  }
  const headers: Record<string, string> =
    clientAuth === "client_secret_basic"
      ? { Authorization: basicCredentials(clientId, secret) }
      : {};
  const answer = await outgoing.send({ url, headers, form });
  if (!answer.ok) return callFailed("token", answer.error);
  return readAnswer(endpoint, answer.value);
}

/** Id and secret are form-encoded before they are joined. RFC 6749, section 2.3.1. */
export function basicCredentials(id: string, secret: string): string {
  const pair = `${formEncoded(id)}:${formEncoded(secret)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function formEncoded(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}

/** Section 5.2's errors that the port tells apart. All others are bad answers. */
const STANDARD_ERRORS: Readonly<Record<string, StepFailure["reason"]>> = {
  invalid_client: "invalid_client",
  unauthorized_client: "invalid_client",
  invalid_grant: "invalid_grant",
  temporarily_unavailable: "unreachable",
  server_error: "unreachable",
};

/** Errors are 400 or 401 by the standard; some providers send them with 200. */
function readAnswer(
  endpoint: TokenEndpoint,
  { status, json }: OutgoingAnswer,
): Result<OAuth2Tokens, StepFailure> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return stepFailed("token", "bad_answer", { why: "not an object", status });
  }
  if ("error" in json) {
    const known = { ...STANDARD_ERRORS, ...endpoint.errors };
    const name = String(json.error);
    const reason = Object.hasOwn(known, name) ? known[name] : undefined;
    // A word of the provider's is told only where it is one that is known.
    if (reason !== undefined) return stepFailed("token", reason, { why: name, status });
  }
  if (status === 200 && !("error" in json)) return ok(new OAuth2Tokens(json));
  const reason = isPassing(status) ? "unreachable" : "bad_answer";
  return stepFailed("token", reason, { why: "error" in json ? "unknown error" : "status", status });
}
