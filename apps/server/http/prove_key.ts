/**
 * Whether a request comes with a proof, made for it and for nothing else, that its sender holds a key.
 *
 * @see RFC 9449 (DPoP), sections 4.3, 5 and 11.1
 * @module
 */

import type { AuthStore } from "@postern/auth";
import { after, type Clock, err, ok, type Result, type Sha256 } from "@postern/std";
import { PROOF_MAX_AGE_MS, type Proof, readDpopProof } from "./dpop_proof.ts";
import { contextOf, type Listener } from "./request_context.ts";

/** What proving needs. */
export interface ProveKeyDeps {
  readonly clock: Clock;
  readonly store: Pick<AuthStore, "bookkeeping">;
  readonly sha256: Sha256;
  /** Origins that a request to a listener may be known by. */
  readonly originsOf: (listener: Listener) => readonly string[];
}

/** Reads the proof of a request, with the access token beside it or none. It is not yet taken. */
export async function proveKey(
  deps: ProveKeyDeps,
  request: Request,
  accessToken: string | null,
): Promise<Result<Proof, { readonly code: "invalid_dpop_proof" }>> {
  const { pathname } = new URL(request.url);
  const { listener } = contextOf(request);
  const urls = deps.originsOf(listener).map((origin) => `${origin}${pathname}`);
  const meant = { method: request.method, urls, accessToken, now: deps.clock.now() };
  const header = request.headers.get("dpop");
  const proof = await readDpopProof(deps.sha256, header, meant);
  return proof.ok ? ok(proof.value) : err({ code: "invalid_dpop_proof" });
}

/** Takes a proof; `false` where it came before. */
export async function takeProof(
  { clock, store }: Pick<ProveKeyDeps, "clock" | "store">,
  { thumbprint, id }: Proof,
): Promise<boolean> {
  const until = after(clock.now(), 2 * PROOF_MAX_AGE_MS);
  return await store.bookkeeping.takeOnce(`dpop:${thumbprint}:${id}`, until);
}
