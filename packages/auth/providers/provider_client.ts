/**
 * The port to providers: what is asked of them over the network.
 *
 * @see OpenID Connect Core 1.0; RFC 6749; RFC 9207 (issuer in the answer)
 * @module
 */

import type { EpochMs, Result } from "@postern/std";
import type { Provider } from "./provider.ts";

/** A provider, with its secret in the clear. Never logged, never stored so. */
export interface OpenProvider extends Provider {
  readonly clientSecret: string;
  readonly previousSecret: string | null;
}

/** Who somebody is, by a provider's word. */
export interface ProviderAccount {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  /** Whether the provider says that it has verified the address. */
  readonly isEmailVerified: boolean;
  readonly name: string | null;
  readonly picture: string | null;
  /** Login name at the provider; null where it has none. */
  readonly login: string | null;
}

/** Tokens that a provider handed out, in the clear. */
export interface ProviderTokens {
  readonly accessToken: string;
  /** null where the answer names none: one from before stays good. */
  readonly refreshToken: string | null;
  /** When the access token runs out; null: never. */
  readonly expiresAt: EpochMs | null;
  /** After a refresh that names none: empty, and they are as they were. */
  readonly scopes: readonly string[];
}

/** Why a provider's answer is of no use. `reason` is for the log and the event; it holds no secret. */
export interface ProviderFailure {
  readonly code: "provider_error";
  readonly reason:
    | "unreachable"
    | "bad_answer"
    | "invalid_client"
    | "invalid_grant"
    | "bad_id_token"
    | "wrong_issuer"
    | "no_account";
}

/** What a visit begins with. */
export interface VisitRequest {
  readonly state: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

/** What a visitor comes back with. */
export interface Return {
  readonly code: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
  /**
   * The answer's `iss`; null where it has none. It need not be the provider's issuer: what GitHub
   * calls itself here is not where its accounts are known by.
   */
  readonly issuer: string | null;
}

/** One finding about a provider. */
export interface ProviderCheck {
  readonly name: "discovery" | "keys" | "clock" | "client";
  readonly ok: boolean;
  readonly detail: string;
}

/** What is asked of providers. Nothing throws for what a provider does. */
export interface ProviderClient {
  /** Where to send the browser; `unreachable` where it would find nobody there. */
  authorizationUrl(
    provider: Provider,
    visit: VisitRequest,
  ): Promise<Result<string, ProviderFailure>>;
  /**
   * Looks whether an answer that brings no code is the provider's, by the `iss` in it: one that does bring
   * a code is looked at by `exchange`. `wrong_issuer` where it is another's.
   *
   * @see RFC 9207, section 2.4
   */
  checkIssuer(provider: Provider, issuer: string | null): Promise<Result<null, ProviderFailure>>;
  /**
   * Changes a code for tokens, checks them, and says who it is. An answer of another issuer is
   * refused before the code goes anywhere.
   *
   * @returns also which secret worked: the previous one may go once the new one has.
   */
  exchange(
    provider: OpenProvider,
    returned: Return,
  ): Promise<
    Result<
      {
        readonly account: ProviderAccount;
        readonly tokens: ProviderTokens;
        readonly usedSecret: "current" | "previous";
      },
      ProviderFailure
    >
  >;
  /** Changes a refresh token for new tokens; `invalid_grant` where the provider has taken it back. */
  refresh(
    provider: OpenProvider,
    refreshToken: string,
  ): Promise<Result<ProviderTokens, ProviderFailure>>;
  /** Looks whether sign-in by this provider would work, without anybody signing in. */
  check(provider: OpenProvider): Promise<readonly ProviderCheck[]>;
}
