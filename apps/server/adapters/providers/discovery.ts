/**
 * Metadata and keys of OpenID providers, by discovery, held for a while.
 *
 * @see OpenID Connect Discovery 1.0, section 4; RFC 7517, section 5
 * @module
 */

import { type Clock, ok, type Result } from "@postern/std";
import { createLocalJWKSet } from "jose";
import { z } from "zod";
import { createStaleCache, type StaleCache } from "./_stale_cache.ts";
import { ASK_AGAIN_MS, FRESH_MS, ISSUERS_HELD, KEYS_MAX_COUNT, STALE_MS } from "./limits.ts";
import { type Metadata, readMetadata } from "./metadata.ts";
import type { Outgoing } from "./outgoing.ts";
import { callFailed, type StepFailure, statusFailed, stepFailed } from "./step_failure.ts";

/** Metadata, and what the answer said about the time. */
export interface Discovered {
  readonly metadata: Metadata;
  /** The answer's `Date`; null where it had none. */
  readonly date: string | null;
}

/** Finds the key that a token says it is signed by. */
export type FindKey = ReturnType<typeof createLocalJWKSet>;

/** The keys of a provider. */
export interface KeySet {
  readonly find: FindKey;
  readonly count: number;
}

/** What providers say of themselves. */
export interface Discovery {
  /** By issuer. */
  readonly metadata: StaleCache<string, Discovered, StepFailure>;
  /** By the provider's metadata. */
  readonly keys: StaleCache<Metadata, KeySet, StepFailure>;
}

/** What discovery needs. */
export interface DiscoveryDeps {
  readonly clock: Clock;
  readonly outgoing: Outgoing;
}

/** Makes it, with nothing held yet. */
export function createDiscovery(deps: DiscoveryDeps): Discovery {
  const kept = {
    clock: deps.clock,
    freshMs: FRESH_MS,
    staleMs: STALE_MS,
    askAgainMs: ASK_AGAIN_MS,
    limit: ISSUERS_HELD,
  };
  return {
    metadata: createStaleCache({
      ...kept,
      keyOf: (issuer: string) => issuer,
      load: (issuer) => loadMetadata(deps.outgoing, issuer),
    }),
    keys: createStaleCache({
      ...kept,
      // By issuer too, so that no provider's tokens use up how often another's keys are asked for.
      keyOf: ({ issuer, keysUrl }: Metadata) => JSON.stringify([issuer, keysUrl]),
      load: ({ keysUrl }) => loadKeys(deps.outgoing, keysUrl),
    }),
  };
}

async function loadMetadata(
  outgoing: Outgoing,
  issuer: string,
): Promise<Result<Discovered, StepFailure>> {
  // Section 4: a slash at the end of the issuer goes first.
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const answer = await outgoing.send({ url });
  if (!answer.ok) return callFailed("discovery", answer.error);
  const { status, json, date } = answer.value;
  if (status !== 200) return statusFailed("discovery", status);
  const metadata = readMetadata(json, issuer, outgoing.allows);
  if (!metadata.ok) return stepFailed("discovery", "bad_answer", { why: metadata.error, status });
  return ok({ metadata: metadata.value, date });
}

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(KEYS_MAX_COUNT) });

async function loadKeys(outgoing: Outgoing, url: string): Promise<Result<KeySet, StepFailure>> {
  const answer = await outgoing.send({
    url,
    headers: { Accept: "application/jwk-set+json, application/json" },
  });
  if (!answer.ok) return callFailed("keys", answer.error);
  const { status, json } = answer.value;
  if (status !== 200) return statusFailed("keys", status);
  const parsed = keySet.safeParse(json);
  if (!parsed.success) return stepFailed("keys", "bad_answer", { why: "not keys", status });
  return ok({ find: createLocalJWKSet(parsed.data), count: parsed.data.keys.length });
}
