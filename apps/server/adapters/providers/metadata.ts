/**
 * What an OpenID provider says of itself, read and judged.
 *
 * @see OpenID Connect Discovery 1.0, sections 3 and 4.3; RFC 8414; RFC 9207, section 3
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { z } from "zod";

/** How we say who we are at a token endpoint. RFC 6749, section 2.3.1. */
export type ClientAuth = "client_secret_basic" | "client_secret_post";

/** Of a provider's metadata what is used. */
export interface Metadata {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly keysUrl: string;
  /** null: it has none. */
  readonly userinfoEndpoint: string | null;
  readonly clientAuth: ClientAuth;
  /** Of those it signs id tokens by, the ones that are taken. Never empty. */
  readonly algorithms: readonly string[];
  /** Whether it promises to name itself in its answers, so that one without a name is not its. */
  readonly namesItself: boolean;
}

/** Algorithms by which only the provider can sign. HS256 and its kin would make our own secret a signing key. */
const ASYMMETRIC: ReadonlySet<string> = new Set([
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
]);

const words = z.array(z.string()).max(100);

const document = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: z.string().optional(),
  token_endpoint_auth_methods_supported: words.optional(),
  id_token_signing_alg_values_supported: words.optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

/**
 * Reads metadata.
 *
 * @param isAllowed Tells whether a URL could be called.
 * @returns otherwise what is wrong, in a word or two.
 */
export function readMetadata(
  json: unknown,
  issuer: string,
  isAllowed: (url: string) => boolean,
): Result<Metadata, string> {
  const parsed = document.safeParse(json);
  if (!parsed.success) return err("not metadata");
  const given = parsed.data;
  if (given.issuer !== issuer) return err("other issuer");
  const endpoints = [
    given.authorization_endpoint,
    given.token_endpoint,
    given.jwks_uri,
    ...(given.userinfo_endpoint === undefined ? [] : [given.userinfo_endpoint]),
  ];
  if (!endpoints.every(isAllowed)) return err("endpoint not allowed");
  const clientAuth = clientAuthOf(given.token_endpoint_auth_methods_supported);
  if (clientAuth === undefined) return err("no way to authenticate by a secret");
  const algorithms = algorithmsOf(given.id_token_signing_alg_values_supported);
  if (algorithms.length === 0) return err("no asymmetric algorithm");
  return ok({
    issuer,
    authorizationEndpoint: given.authorization_endpoint,
    tokenEndpoint: given.token_endpoint,
    keysUrl: given.jwks_uri,
    userinfoEndpoint: given.userinfo_endpoint ?? null,
    clientAuth,
    algorithms,
    namesItself: given.authorization_response_iss_parameter_supported ?? false,
  });
}

/**
 * Post where it is offered, since there id and secret are encoded in one way only; for basic many
 * providers forget that both are form-encoded first. Without a list it is basic.
 */
function clientAuthOf(methods: readonly string[] | undefined): ClientAuth | undefined {
  if (methods === undefined) return "client_secret_basic";
  const known: readonly ClientAuth[] = ["client_secret_post", "client_secret_basic"];
  return known.find((method) => methods.includes(method));
}

/** Without a list it is RS256, which every provider must support. */
function algorithmsOf(listed: readonly string[] | undefined): readonly string[] {
  return (listed ?? ["RS256"]).filter((algorithm) => ASYMMETRIC.has(algorithm));
}
