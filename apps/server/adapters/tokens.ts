/**
 * Signs tokens and verifies them, by one instance of the JWT plugin for each key and use.
 *
 * A key's instance is taken for what its `decorator` holds, a signer and verifier with algorithm,
 * issuer, audience and type pinned; it is never mounted on an app.
 *
 * @see RFC 7519 (JWT), RFC 8037 (EdDSA), RFC 8725 (best practices), RFC 9068 (access tokens)
 * @module
 */

import { jwt } from "@elysiajs/jwt";
import type {
  Claims,
  KeyId,
  SessionId,
  TokenError,
  Tokens,
  TokenType,
  UserId,
  VerifiedClaims,
} from "@postern/auth";
import { type Clock, epochMs, err, ok, type Result, seconds } from "@postern/std";
import { decodeJwt, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { createBoundedMemo } from "../bounded_memo.ts";
import type { KeyTokens, SigningKeys } from "../key_rings_port.ts";

/** The one algorithm. */
const ALGORITHM = "EdDSA";

/** `typ` in the header: one type of token is refused where the other is meant. RFC 8725, section 3.11. */
const TYP: Readonly<Record<TokenType, string>> = {
  access: "at+jwt",
  refresh: "rt+jwt",
  console: "console+jwt",
};

/** A date at which nothing has run out: that is judged afterwards, by our own clock. */
const EARLY = new Date(0);

/**
 * Most tokens of a key that are known again without verifying them, since it was here that they were signed:
 * about 5 MiB. A refresh token comes back once, and an access token is warm from its first use on.
 */
const KNOWN_MAX = 8_192;

/** A signing key, unsealed. */
export interface SigningKey {
  readonly id: KeyId;
  /** With the private half. */
  readonly jwk: JWK;
}

/** Makes the signer and verifier of one key. */
export async function createKeyTokens(key: SigningKey, issuer: string): Promise<KeyTokens> {
  const { d: _, ...publicJwk } = key.jwk;
  const privateHalf = (await importJWK(key.jwk, ALGORITHM)) as CryptoKey;
  const publicHalf = (await importJWK(publicJwk, ALGORITHM)) as CryptoKey;
  const shared = { alg: ALGORITHM, kid: key.id, iss: issuer, aud: issuer };
  const signers = {
    access: jwt({ name: "signer", secret: privateHalf, typ: TYP.access, ...shared }).decorator
      .signer,
    console: jwt({ name: "signer", secret: privateHalf, typ: TYP.console, ...shared }).decorator
      .signer,
    refresh: jwt({ name: "signer", secret: privateHalf, typ: TYP.refresh, ...shared }).decorator
      .signer,
  };
  const verifier = jwt({ name: "verifier", secret: publicHalf, ...shared }).decorator.verifier;
  const known = createBoundedMemo<Pick<Claims, "type">>(KNOWN_MAX);
  return {
    async sign(claims) {
      const payload = payloadOf(claims) as Parameters<typeof signers.access.sign>[0];
      const token = await signers[claims.type].sign(payload);
      known.set(token, { type: claims.type });
      return token;
    },
    async read(token, type) {
      // The very text that was signed here: all that a verification would find is what was put in.
      if (known.get(token)?.type === type) return decodeJwt(token);
      const options = {
        issuer,
        audience: issuer,
        algorithms: [ALGORITHM],
        typ: TYP[type],
        currentDate: EARLY,
        requiredClaims: ["sub", "sid", "jti", "iat", "exp"],
      };
      const payload = await verifier.verify(token, options);
      return payload === false ? undefined : (payload as Record<string, unknown>);
    },
  };
}

/** Makes the port over the keys that `keys` gives at each call. */
export function createTokens(deps: {
  readonly clock: Clock;
  readonly keys: () => SigningKeys;
}): Tokens {
  return {
    signingKeyId: () => deps.keys().current,
    sign(claims, keyId) {
      const { byId, leaving } = deps.keys();
      const key = byId.get(keyId) ?? leaving.get(keyId);
      if (key === undefined)
        throw new RangeError(`Cannot sign with the key ${keyId}: it is retired`);
      return key.sign(claims);
    },
    async verify(token, type): Promise<Result<VerifiedClaims, TokenError>> {
      const keyId = keyIdOf(token);
      const key = keyId === undefined ? undefined : deps.keys().byId.get(keyId);
      if (keyId === undefined || key === undefined) return err({ code: "invalid_token" });
      const claims = claimsOf(await key.read(token, type), type);
      if (claims === undefined) return err({ code: "invalid_token" });
      if (deps.clock.now() >= claims.expiresAt) return err({ code: "token_expired" });
      return ok({ ...claims, keyId });
    },
  };
}

function payloadOf(claims: Claims): Record<string, unknown> {
  return {
    sub: String(claims.userId),
    sid: claims.sessionId,
    jti: claims.id,
    exp: Math.floor(claims.expiresAt / seconds(1)),
    token_type: claims.type,
    user_id: claims.userId,
    ...(claims.username === undefined ? {} : { username: claims.username }),
    ...(claims.email === undefined ? {} : { email: claims.email }),
    ...(claims.console === undefined
      ? {}
      : {
          // RFC 9449, section 6.1, and RFC 9068, section 2.2.1.
          cnf: { jkt: claims.console.thumbprint },
          auth_time: Math.floor(claims.console.signedInAt / seconds(1)),
        }),
  };
}

function keyIdOf(token: string): KeyId | undefined {
  try {
    return decodeProtectedHeader(token).kid as KeyId | undefined;
  } catch {
    return undefined;
  }
}

function claimsOf(
  payload: Record<string, unknown> | undefined,
  type: TokenType,
): Claims | undefined {
  if (payload === undefined) return undefined;
  const { jti, sid, user_id: userId, iat, exp, token_type: tokenType } = payload;
  if (typeof jti !== "string" || typeof sid !== "string" || tokenType !== type) return undefined;
  if (typeof userId !== "number" || typeof iat !== "number" || typeof exp !== "number") {
    return undefined;
  }
  return {
    type,
    id: jti,
    sessionId: sid as SessionId,
    userId: userId as UserId,
    issuedAt: epochMs(Math.floor(iat) * seconds(1)),
    expiresAt: epochMs(Math.floor(exp) * seconds(1)),
  };
}
