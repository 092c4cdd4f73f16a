/**
 * A real OpenID provider on loopback, behind a proxy that can be told to misbehave.
 *
 * @see OpenID Connect Core 1.0
 * @module
 */

import { decodeJwt, exportJWK, generateKeyPair, type JWK, type JWTPayload } from "jose";
import { type Person, type ServerState, startOpenidServer } from "./_openid_server.ts";
import { type SignIdToken, signerFor } from "./id_token_signer.ts";

/** What of the peer can be tampered with. */
export type PeerPath = "/.well-known/openid-configuration" | "/jwks" | "/token" | "/me";

/** Changes an answer on its way out; or makes another. */
export type Tamper = (answer: Response) => Response | Promise<Response>;

/** Makes an id token of the claims that it should have, and of the access token that it comes with. */
export type Forge = (claims: JWTPayload, sign: SignIdToken, accessToken: string) => Promise<string>;

/** A call that was made to it, by a server or a browser. */
export interface PeerCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** The running provider. */
export interface OidcPeer {
  /** Its origin, and what it calls itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Every call so far, oldest first. */
  readonly calls: readonly PeerCall[];
  /** Its people, by `sub`. */
  readonly people: Map<string, Person>;
  /** The secrets that it takes. */
  readonly secrets: Set<string>;
  /** Takes secrets by another rule, too. */
  judgeSecretsBy(judge: (secret: string) => boolean): void;
  /** Allows a callback. */
  allow(redirectUri: string): void;
  /** Who signs in from now on, without being asked; null: a page asks. */
  signInAs(sub: string | null): void;
  tamper(path: PeerPath, tamper: Tamper): void;
  /** Puts another id token in the place of the one that it gives. */
  forgeIdToken(forge: Forge): void;
  /** Ends all tampering. */
  behave(): void;
  /** Signs by a new key from now on, and tells of that one alone. */
  rotateKeys(): Promise<void>;
  /** Takes back every token that it gave. */
  revokeAll(): Promise<void>;
  /** Takes no more connections until `comeBack`, as though it were down. */
  goDown(): Promise<void>;
  comeBack(): void;
  close(): Promise<void>;
}

/** How it is set up. */
export interface OidcPeerOptions {
  readonly clientAuth?: "client_secret_basic" | "client_secret_post";
  /** Whether id tokens hold what the scopes give, as Google's do, or leave it to userinfo. */
  readonly hasClaimsInIdToken?: boolean;
  readonly accessTokenS?: number;
  /** Whether it posts its answers, whatever it is asked for. */
  readonly answersByPost?: boolean;
  readonly clientSecret?: string;
}

const CLIENT_ID = "postern";
const CLIENT_SECRET = "peer secret/with+signs&that=need%encoding";

/** What stands before the provider: keeps the calls, and changes the answers. */
interface Front {
  readonly calls: PeerCall[];
  readonly tampers: Map<string, Tamper>;
  readonly keys: { current: JWK; isRotated: boolean };
  /** Where the provider itself listens. */
  port: number;
  readonly answersByPost: boolean;
}

/** Starts one on a free port. */
export async function startOidcPeer(options: OidcPeerOptions = {}): Promise<OidcPeer> {
  const { clientSecret = CLIENT_SECRET } = options;
  const state: ServerState = {
    people: new Map(),
    visitor: null,
    secrets: new Set([clientSecret]),
    judgeSecret: () => false,
    redirectUris: new Set(),
  };
  const keys = { current: await newKey(), isRotated: false };
  const { answersByPost = false } = options;
  const front: Front = { calls: [], tampers: new Map(), keys, port: 0, answersByPost };
  const outer = listen(front, 0);
  const issuer = `http://127.0.0.1:${outer.port}`;
  const inner = await startOpenidServer(
    {
      issuer,
      clientId: CLIENT_ID,
      signingKey: keys.current,
      clientAuth: options.clientAuth ?? "client_secret_basic",
      hasClaimsInIdToken: options.hasClaimsInIdToken ?? true,
      accessTokenS: options.accessTokenS ?? 3_600,
    },
    state,
  );
  front.port = inner.port;
  const door = doorOf(front, outer);
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    calls: front.calls,
    people: state.people,
    secrets: state.secrets,
    judgeSecretsBy(judge) {
      state.judgeSecret = judge;
    },
    allow: (redirectUri) => void state.redirectUris.add(redirectUri),
    signInAs(sub) {
      state.visitor = sub;
    },
    ...tampering(front, clientSecret),
    revokeAll: inner.revokeAll,
    ...door,
    async close() {
      await door.goDown();
      await inner.close();
    },
  };
}

function tampering(
  { tampers, keys }: Front,
  clientSecret: string,
): Pick<OidcPeer, "tamper" | "forgeIdToken" | "behave" | "rotateKeys"> {
  return {
    tamper: (path, tamper) => void tampers.set(path, tamper),
    forgeIdToken(forge) {
      tampers.set("/token", (given) =>
        withIdToken(given, async (claims, accessToken) =>
          forge(claims, await signerFor(keys.current, clientSecret), accessToken),
        ),
      );
    },
    behave: () => tampers.clear(),
    async rotateKeys() {
      keys.current = await newKey();
      keys.isRotated = true;
    },
  };
}

function listen(front: Front, port: number): Bun.Server<undefined> {
  const answer = (request: Request) => answerFor(front, request);
  return Bun.serve({ port, hostname: "127.0.0.1", idleTimeout: 60, fetch: answer });
}

function doorOf(front: Front, first: Bun.Server<undefined>): Pick<OidcPeer, "goDown" | "comeBack"> {
  let outer = first;
  const { port = 0 } = first;
  return {
    goDown: () => outer.stop(true),
    comeBack() {
      outer = listen(front, port);
    },
  };
}

async function answerFor(front: Front, request: Request) {
  const { calls, tampers, keys, port } = front;
  const url = new URL(request.url);
  const body = await request.text();
  const { headers, method } = request;
  calls.push({ method, path: url.pathname, headers, body });
  // Asks each time who it is, also a browser that it knows.
  if (url.pathname === "/auth" && !url.searchParams.has("prompt")) {
    url.searchParams.set("prompt", "login");
  }
  if (url.pathname === "/auth" && front.answersByPost) {
    url.searchParams.set("response_mode", "form_post");
  }
  const behind = `http://127.0.0.1:${port}${url.pathname}${url.search}`;
  const sent = body === "" ? {} : { body };
  const given = await fetch(behind, { method, headers, redirect: "manual", ...sent });
  const own = keys.isRotated ? await withNewKey(url.pathname, given, keys.current) : given;
  return (await tampers.get(url.pathname)?.(own)) ?? own;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: Bun.randomUUIDv7(), alg: "RS256", use: "sig" };
}

/** What the provider behind cannot do while it runs: tells of another key, and signs by it. */
async function withNewKey(path: string, given: Response, key: JWK): Promise<Response> {
  const { kty, n, e, kid, alg, use } = key;
  if (path === "/jwks") return Response.json({ keys: [{ kty, n, e, kid, alg, use }] });
  if (path !== "/token") return given;
  const sign = await signerFor(key, "");
  return await withIdToken(given, (claims) => sign(claims));
}

async function withIdToken(
  given: Response,
  change: (claims: JWTPayload, accessToken: string) => Promise<string>,
): Promise<Response> {
  const json = (await given.json()) as Record<string, unknown>;
  const { id_token: idToken, access_token: accessToken } = json;
  const changed =
    typeof idToken === "string" ? await change(decodeJwt(idToken), String(accessToken)) : undefined;
  const { status } = given;
  return Response.json(changed === undefined ? json : { ...json, id_token: changed }, { status });
}
