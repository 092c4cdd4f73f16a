/**
 * Visits to a provider through the running server, as browsers make them and as attackers bend them.
 *
 * @module
 */

import { type Deployment, openDeployment, type Visitor } from "../support/deployment.ts";
import { followVisit } from "../support/follow_visit.ts";
import type { Answer } from "../support/http_client.ts";
import { type OidcPeer, startOidcPeer } from "../support/oidc_peer.ts";

/** A server with two providers of one peer: `acme`, and `other`. */
export interface ProviderStage {
  readonly deployment: Deployment;
  readonly peer: OidcPeer;
  close(): Promise<void>;
}

/** Starts both. */
export async function openProviderStage(): Promise<ProviderStage> {
  const peer = await startOidcPeer({ clientSecret: "visit-secret/with+signs&that=need%encoding" });
  const providers = ["ACME", "OTHER"].map((name) => [
    [`OIDC_${name}_ISSUER`, peer.issuer],
    [`OIDC_${name}_CLIENT_ID`, peer.clientId],
    [`OIDC_${name}_CLIENT_SECRET`, peer.clientSecret],
  ]);
  const deployment = await openDeployment({ env: Object.fromEntries(providers.flat()) });
  for (const id of ["acme", "other"]) peer.allow(callbackOf(deployment, id));
  return {
    deployment,
    peer,
    async close() {
      await deployment.close();
      await peer.close();
    },
  };
}

function callbackOf({ server }: Deployment, id: string): string {
  return `${server.publicUrl}/accounts/${id}/login/callback`;
}

let people = 0;

/** Somebody new at the peer, who signs in there from now on. */
export function newPerson(
  { peer }: ProviderStage,
  given: { readonly email?: string; readonly email_verified?: unknown } = {},
): { readonly sub: string; readonly email: string } {
  people += 1;
  const sub = `person-${people}`;
  const email = given.email ?? `${sub}@people.example`;
  peer.people.set(sub, { sub, email, email_verified: true, name: `Person ${people}`, ...given });
  peer.signInAs(sub);
  return { sub, email };
}

/** Where a visit is to go, and what for. */
export interface Visiting {
  readonly id?: string;
  readonly next?: string;
}

/** Begins a visit and goes through the provider's pages: the path of the callback, not called yet. */
export async function visit(
  stage: ProviderStage,
  visitor: Visitor,
  { id = "acme", next }: Visiting = {},
): Promise<string> {
  const query = next === undefined ? "" : `?next=${encodeURIComponent(next)}`;
  const begun = await visitor.get(`/accounts/${id}/login${query}`);
  return await comeBack(stage, begun.headers.get("location") ?? "", id);
}

/** Goes through the provider's pages from an authorization URL: the path of the callback. */
export async function comeBack(stage: ProviderStage, url: string, id = "acme"): Promise<string> {
  const back = await followVisit(url, callbackOf(stage.deployment, id));
  return `${back.pathname}${back.search}`;
}

/** A whole visit: what the callback answered. */
export async function signInBy(
  stage: ProviderStage,
  visitor: Visitor,
  where: Visiting = {},
): Promise<Answer> {
  return await visitor.get(await visit(stage, visitor, where));
}

/** Where an answer leads; with its status, so that another one shows. */
export function leadsTo(answer: Answer): string {
  return `${answer.status} ${answer.headers.get("location")}`;
}
