/**
 * Providers that are known by name: what to ask them for, and where they go their own way.
 *
 * What is said of each is from its documentation and from what users report; none of it has been tried
 * against the provider itself from here. `docs/providers.md` has the steps to register.
 *
 * @module
 */

import type { Provider, ProviderKind } from "@postern/auth";

/** Where a provider departs from the standard. */
export interface Quirks {
  /** Added to the authorization URL. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Other names of its own that its id tokens may bear as `iss`. */
  readonly otherIssuers: readonly string[];
  /** A claim of its own that says that the address is verified; null: only `email_verified` does. */
  readonly verifiedClaim: string | null;
  /** Whether its id tokens may leave the nonce out. PKCE binds the code to the visit all the same. */
  readonly mayOmitNonce: boolean;
  /** Whether it wants `response_mode=form_post` with any scope but `openid`. */
  readonly postsWithScopes: boolean;
}

/** A provider that is known by name. */
export interface Preset {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  /** Of the picture on its button. */
  readonly icon: string;
  /** null: it is the operator's own, or holds a tenant's id. */
  readonly issuer: string | null;
  readonly scopes: readonly string[];
  readonly quirks: Quirks;
}

const NO_QUIRKS: Quirks = {
  parameters: {},
  otherIssuers: [],
  verifiedClaim: null,
  mayOmitNonce: false,
  postsWithScopes: false,
};

const OPENID_SCOPES = ["openid", "email", "profile"];

/** All presets, the most used first. */
export const PRESETS = {
  google: {
    id: "google",
    kind: "google",
    name: "Google",
    icon: "google",
    issuer: "https://accounts.google.com",
    scopes: OPENID_SCOPES,
    quirks: {
      ...NO_QUIRKS,
      // Its way of asking for a refresh token; it gives one only when the user first consents.
      parameters: { access_type: "offline" },
      otherIssuers: ["accounts.google.com"],
    },
  },
  github: {
    id: "github",
    kind: "github",
    name: "GitHub",
    icon: "github",
    issuer: "https://github.com",
    scopes: ["read:user", "user:email"],
    quirks: NO_QUIRKS,
  },
  microsoft: {
    id: "microsoft",
    kind: "oidc",
    name: "Microsoft",
    icon: "microsoft",
    // https://login.microsoftonline.com/<tenant id>/v2.0. The shared endpoints (common, organizations)
    // name no issuer of their own, so nothing could be compared.
    issuer: null,
    scopes: OPENID_SCOPES,
    // Its `email` may be anything that a tenant's administrator wrote. This optional claim says
    // that the owner of the domain was verified.
    quirks: { ...NO_QUIRKS, verifiedClaim: "xms_edov" },
  },
  gitlab: {
    id: "gitlab",
    kind: "oidc",
    name: "GitLab",
    icon: "gitlab",
    issuer: "https://gitlab.com",
    scopes: OPENID_SCOPES,
    quirks: NO_QUIRKS,
  },
  discord: {
    id: "discord",
    kind: "oidc",
    name: "Discord",
    icon: "discord",
    issuer: "https://discord.com",
    // Its id token holds the subject alone; the rest is at its userinfo endpoint, by these scopes.
    scopes: ["openid", "identify", "email"],
    quirks: { ...NO_QUIRKS, mayOmitNonce: true },
  },
  apple: {
    id: "apple",
    kind: "oidc",
    name: "Apple",
    icon: "apple",
    issuer: "https://appleid.apple.com",
    // It knows no `profile`. With more than `openid` it posts its answer.
    scopes: ["openid", "email", "name"],
    quirks: { ...NO_QUIRKS, postsWithScopes: true },
  },
  oidc: {
    id: "oidc",
    kind: "oidc",
    name: "OpenID",
    icon: "openid",
    issuer: null,
    scopes: OPENID_SCOPES,
    quirks: NO_QUIRKS,
  },
} as const satisfies Readonly<Record<string, Preset>>;

const MICROSOFT_ISSUER = /^https:\/\/login\.microsoftonline\.com\/[0-9a-f-]{36}\/v2\.0$/;

/** Finds the preset that a provider is of, by kind and issuer. */
export function presetOf({ kind, issuer }: Pick<Provider, "kind" | "issuer">): Preset {
  if (kind === "google") return PRESETS.google;
  if (kind === "github") return PRESETS.github;
  if (MICROSOFT_ISSUER.test(issuer)) return PRESETS.microsoft;
  const known: readonly Preset[] = [PRESETS.gitlab, PRESETS.discord, PRESETS.apple];
  return known.find((preset) => preset.issuer === issuer) ?? PRESETS.oidc;
}

/** Names a provider and its scopes as its preset does, where nothing else was said. */
export function completeProvider<Given extends PartialProvider>(
  given: Given,
): Given & { readonly name: string; readonly scopes: readonly string[] } {
  const preset = presetOf(given);
  const name = preset.id === "oidc" ? titleOf(given.id) : preset.name;
  return { ...given, name: given.name ?? name, scopes: given.scopes ?? preset.scopes };
}

interface PartialProvider extends Pick<Provider, "id" | "kind" | "issuer"> {
  readonly name?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
}

/** `acme_staff` as people would write it: `Acme Staff`. */
function titleOf(id: string): string {
  return id.replaceAll(/[_-]/g, " ").replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/**
 * Finds where a provider goes its own way. Only at its true issuer: another that speaks as Google does
 * bears no names of Google's.
 */
export function quirksOf(provider: Pick<Provider, "kind" | "issuer">): Quirks {
  const preset = presetOf(provider);
  const isItself = preset.issuer === null || preset.issuer === provider.issuer;
  return isItself ? preset.quirks : { ...preset.quirks, otherIssuers: [] };
}
