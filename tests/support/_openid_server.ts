/**
 * The real OpenID provider behind the peer: the package `oidc-provider` with people and one client.
 *
 * @see OpenID Connect Core 1.0
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JWK } from "jose";
import { type Grant, type KoaContext, Provider } from "oidc-provider";

/** Somebody with an account at the peer, in claims. */
export interface Person {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: unknown;
  readonly name?: string;
  readonly preferred_username?: string;
  readonly picture?: string;
}

/** What can be changed while it runs. */
export interface ServerState {
  readonly people: Map<string, Person>;
  /** Who signs in without being asked; null: the page asks. */
  visitor: string | null;
  readonly secrets: Set<string>;
  /** Judges a secret that is none of those; such as one that was signed for the moment. */
  judgeSecret: (secret: string) => boolean;
  readonly redirectUris: Set<string>;
}

/** How it is set up, for good. */
export interface ServerSetup {
  readonly issuer: string;
  readonly clientId: string;
  readonly signingKey: JWK;
  readonly clientAuth: "client_secret_basic" | "client_secret_post";
  /** Whether id tokens hold what the scopes give, or leave it to userinfo. */
  readonly hasClaimsInIdToken: boolean;
  /** How long access tokens live, seconds. */
  readonly accessTokenS: number;
}

/** The running server. */
export interface OpenidServer {
  readonly port: number;
  /** Takes back every token that was given. */
  revokeAll(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startOpenidServer(
  setup: ServerSetup,
  state: ServerState,
): Promise<OpenidServer> {
  const grants = new Set<string>();
  const provider = new Provider(setup.issuer, configuration(setup, state, grants));
  // In place of what is registered once: both change while it runs.
  provider.Client.prototype.redirectUriAllowed = (uri) => state.redirectUris.has(uri);
  provider.Client.prototype.compareClientSecret = (secret) =>
    state.secrets.has(secret) || state.judgeSecret(secret);
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url?.startsWith("/interaction/")) return answer(request, response);
    interact({ provider, state }, request, response).catch((cause: unknown) => {
      response.statusCode = 500;
      response.end(String(cause));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async revokeAll() {
      for (const id of grants) {
        await provider.RefreshToken.revokeByGrantId(id);
        await provider.AccessToken.revokeByGrantId(id);
      }
      grants.clear();
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function configuration(setup: ServerSetup, state: ServerState, grants: Set<string>) {
  return {
    clients: [
      {
        client_id: setup.clientId,
        client_secret: "in its place: compareClientSecret",
        redirect_uris: ["https://in-its-place.example/redirect-uri-allowed"],
        grant_types: ["authorization_code", "refresh_token"],
        token_endpoint_auth_method: setup.clientAuth,
      },
    ],
    jwks: { keys: [setup.signingKey] },
    claims: {
      email: ["email", "email_verified"],
      profile: ["name", "preferred_username", "picture"],
    },
    scopes: ["openid", "offline_access"],
    clientAuthMethods: [setup.clientAuth],
    conformIdTokenClaims: !setup.hasClaimsInIdToken,
    cookies: { keys: ["of the peer"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    ttl: {
      AccessToken: setup.accessTokenS,
      Grant: 86_400,
      IdToken: 3_600,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 600,
    },
    issueRefreshToken: () => true,
    findAccount: (_: unknown, accountId: string) => {
      const person = state.people.get(accountId);
      return person === undefined ? undefined : { accountId, claims: () => person };
    },
    async loadExistingGrant({ oidc }: KoaContext): Promise<Grant> {
      const { clientId } = oidc.client;
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(oidc.params.scope ?? "");
      grants.add(await grant.save());
      return grant;
    },
  };
}

const PAGE = `<!doctype html><html lang="en"><title>Peer</title><main><h1>Who are you?</h1>
<form method="post"><label>Account <input name="account" autofocus></label>
<button name="answer" value="yes">Allow</button><button name="answer" value="no">Deny</button>
</form></main></html>`;

/** Signs in whoever is to be, or asks by a page. */
async function interact(
  { provider, state }: { readonly provider: Provider; readonly state: ServerState },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = request.method === "POST" ? new URLSearchParams(await textOf(request)) : undefined;
  const accountId = form?.get("account") ?? state.visitor;
  if (form === undefined && accountId === null) {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(PAGE);
    return;
  }
  const isDenied = form?.get("answer") === "no" || !state.people.has(accountId ?? "");
  const result = isDenied
    ? { error: "access_denied", error_description: "They would rather not" }
    : { login: { accountId }, consent: {} };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
