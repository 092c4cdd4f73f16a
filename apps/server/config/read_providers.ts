/**
 * Providers that the first start sets up: `GOOGLE_…`, `GITHUB_…`, `OIDC_<NAME>_…`.
 *
 * @module
 */

import { type EnvReader, hidden, shown } from "./env_reader.ts";
import type { PublicUrl } from "./read_public_url.ts";

/** A provider to set up, if there is none of its id yet. */
export interface ProviderSeed {
  readonly id: string;
  readonly kind: "google" | "github" | "oidc";
  /** Its issuer, exactly as its tokens name it; GitHub's is its address. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What to ask it for; `undefined` for what its kind needs. */
  readonly scopes: readonly string[] | undefined;
}

const OIDC_VARIABLE = /^OIDC_([A-Z0-9_]+)_(?:ISSUER|CLIENT_ID|CLIENT_SECRET|SCOPES)$/;

const PLAIN_ACCEPTED = "printable ASCII without blanks";

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** Reads all providers, in the order Google, GitHub, then the others by name. */
export function readProviders(
  reader: EnvReader,
  publicUrl: PublicUrl | undefined,
): readonly ProviderSeed[] {
  const isHttps = publicUrl?.isHttps ?? false;
  return [
    readKnown(reader, { kind: "google", issuer: "https://accounts.google.com", isHttps }),
    readKnown(reader, { kind: "github", issuer: "https://github.com", isHttps }),
    ...oidcNames(reader).map((name) => readOidc(reader, name, isHttps)),
  ].filter((seed) => seed !== undefined);
}

function readKnown(
  reader: EnvReader,
  known: { readonly kind: "google" | "github"; readonly issuer: string; readonly isHttps: boolean },
): ProviderSeed | undefined {
  const prefix = known.kind.toUpperCase();
  const issuerName = known.kind === "google" ? "GOOGLE_ISSUER" : "GITHUB_URL";
  const issuer = reader.get(issuerName) ?? known.issuer;
  checkIssuer(reader, { name: issuerName, issuer, isHttps: known.isHttps });
  const client = readClient(reader, prefix, "optional");
  if (client === undefined) return undefined;
  return { id: known.kind, kind: known.kind, issuer, ...client, scopes: undefined };
}

function readOidc(reader: EnvReader, name: string, isHttps: boolean): ProviderSeed | undefined {
  const prefix = `OIDC_${name}`;
  const issuerName = `${prefix}_ISSUER`;
  const id = name.toLowerCase();
  if (!/^[a-z][a-z0-9_]{0,31}$/.test(id) || id === "google" || id === "github") {
    const accepted =
      "a name of up to 32 letters, digits and _, beginning with a letter, other than GOOGLE and GITHUB";
    reader.refuse(`${prefix}_…`, shown(name), accepted);
  }
  const issuer = reader.get(issuerName);
  if (issuer === undefined)
    reader.refuse(issuerName, "nothing", "its issuer, beside its other variables");
  else checkIssuer(reader, { name: issuerName, issuer, isHttps });
  const client = readClient(reader, prefix, "required");
  const scopes = readScopes(reader, `${prefix}_SCOPES`);
  if (issuer === undefined || client === undefined) return undefined;
  return { id, kind: "oidc", issuer, ...client, scopes };
}

/** Reads id and secret, which go together. Neither is none, where the provider is `optional`. */
function readClient(
  reader: EnvReader,
  prefix: string,
  need: "optional" | "required",
): Pick<ProviderSeed, "clientId" | "clientSecret"> | undefined {
  const names = { id: `${prefix}_CLIENT_ID`, secret: `${prefix}_CLIENT_SECRET` };
  const clientId = reader.get(names.id);
  const clientSecret = reader.get(names.secret);
  if (clientId === undefined && clientSecret === undefined && need === "optional") return undefined;
  if (clientId === undefined) reader.refuse(names.id, "nothing", `the id to ${names.secret}`);
  else if (!isPlain(clientId)) reader.refuse(names.id, shown(clientId), PLAIN_ACCEPTED);
  if (clientSecret === undefined) {
    reader.refuse(names.secret, "nothing", `the secret to ${names.id}`);
  } else if (!isPlain(clientSecret)) {
    reader.refuse(names.secret, hidden(clientSecret), PLAIN_ACCEPTED);
  }
  return clientId === undefined || clientSecret === undefined
    ? undefined
    : { clientId, clientSecret };
}

function readScopes(reader: EnvReader, name: string): readonly string[] | undefined {
  const value = reader.get(name);
  if (value === undefined) return undefined;
  const scopes = value.split(/[ ,]+/).filter((scope) => scope !== "");
  // scope-token, RFC 6749, section 3.3.
  const areTokens = scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope));
  if (areTokens && scopes.includes("openid")) return scopes;
  reader.refuse(name, shown(value), "scopes between blanks, openid among them");
  return undefined;
}

function checkIssuer(
  reader: EnvReader,
  at: { readonly name: string; readonly issuer: string; readonly isHttps: boolean },
): void {
  const url = /^https?:\/\/[^?#@\\\s]+$/i.test(at.issuer) ? URL.parse(at.issuer) : null;
  const isLocal = LOCAL_HOST.test(url?.hostname ?? "");
  const isSafe = url?.protocol === "https:" || (!at.isHttps && isLocal);
  if (url !== null && isSafe) return;
  const accepted =
    "an https: URL without query and fragment (http: for this machine alone, where PUBLIC_URL is http: too)";
  reader.refuse(at.name, shown(at.issuer), accepted);
}

function oidcNames(reader: EnvReader): readonly string[] {
  const names = Object.keys(reader.env).flatMap((variable) => {
    const name = OIDC_VARIABLE.exec(variable)?.[1];
    return name !== undefined && reader.get(variable) !== undefined ? [name] : [];
  });
  return [...new Set(names)].sort();
}

function isPlain(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
