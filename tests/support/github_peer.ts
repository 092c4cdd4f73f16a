/**
 * A double of GitHub Enterprise Server on loopback: the endpoints that signing in uses, and their
 * shapes, as GitHub's documentation has them.
 *
 * @see GitHub Docs, "Authorizing OAuth apps"; REST API, "Users" and "Emails"
 * @module
 */

import { createHash } from "node:crypto";

/** Somebody with an account at the double. */
export interface GithubUser {
  readonly id: number;
  readonly login: string;
  readonly name: string | null;
  readonly emails: readonly {
    readonly email: string;
    readonly primary: boolean;
    readonly verified: boolean;
    readonly visibility: string | null;
  }[];
}

/** A call that was made to it. */
export interface GithubCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** The running double. */
export interface GithubPeer {
  /** The origin of its pages: `GITHUB_URL`. */
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly calls: readonly GithubCall[];
  /** By login name. */
  readonly users: Map<string, GithubUser>;
  readonly secrets: Set<string>;
  /** Who signs in from now on, without being asked; null: a page asks. */
  signInAs(login: string | null): void;
  /** Answers a path of the API, or the token endpoint, in another way. */
  tamper(path: string, answer: () => Response): void;
  behave(): void;
  /** As a GitHub App with tokens that run out, or an OAuth app whose tokens do not. */
  expireTokens(lifetimeS: number | null): void;
  /** Takes back every token that it gave. */
  revokeAll(): void;
  close(): Promise<void>;
}

interface Code {
  readonly login: string;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly scope: string;
}

interface GithubState {
  readonly users: Map<string, GithubUser>;
  readonly secrets: Set<string>;
  readonly codes: Map<string, Code>;
  /** Access token to login and scope. */
  readonly tokens: Map<string, { readonly login: string; readonly scope: string }>;
  /** Refresh token to login and scope; each good once. */
  readonly refreshTokens: Map<string, { readonly login: string; readonly scope: string }>;
  visitor: string | null;
  lifetimeS: number | null;
}

const CLIENT_ID = "Iv1.0123456789abcdef";
const CLIENT_SECRET = "0123456789abcdef0123456789abcdef01234567";

/** Starts one on a free port. */
export async function startGithubPeer(): Promise<GithubPeer> {
  const calls: GithubCall[] = [];
  const tampers = new Map<string, () => Response>();
  const state: GithubState = {
    users: new Map(),
    secrets: new Set([CLIENT_SECRET]),
    codes: new Map(),
    tokens: new Map(),
    refreshTokens: new Map(),
    visitor: null,
    lifetimeS: null,
  };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const url = new URL(request.url);
      const body = await request.text();
      calls.push({ method: request.method, path: url.pathname, headers: request.headers, body });
      const tampered = tampers.get(url.pathname);
      return tampered?.() ?? answer(state, { request, url, form: new URLSearchParams(body) });
    },
  });
  return await Promise.resolve({
    origin: `http://127.0.0.1:${server.port}`,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    calls,
    users: state.users,
    secrets: state.secrets,
    signInAs(login: string | null) {
      state.visitor = login;
    },
    tamper: (path: string, other: () => Response) => void tampers.set(path, other),
    behave: () => tampers.clear(),
    expireTokens(lifetimeS: number | null) {
      state.lifetimeS = lifetimeS;
    },
    revokeAll() {
      state.tokens.clear();
      state.refreshTokens.clear();
    },
    close: () => server.stop(true),
  });
}

interface Asked {
  readonly request: Request;
  readonly url: URL;
  readonly form: URLSearchParams;
}

function answer(state: GithubState, asked: Asked): Response {
  const { pathname } = asked.url;
  if (pathname === "/login/oauth/authorize") return authorize(state, asked);
  if (pathname === "/login/oauth/access_token") return accessToken(state, asked);
  if (pathname === "/api/v3/meta")
    return Response.json({ verifiable_password_authentication: true });
  if (!pathname.startsWith("/api/v3/")) return notFound();
  const [, token = ""] =
    /^Bearer (.+)$/.exec(asked.request.headers.get("authorization") ?? "") ?? [];
  const held = state.tokens.get(token);
  const user = state.users.get(held?.login ?? "");
  if (held === undefined || user === undefined) {
    return Response.json({ message: "Bad credentials", status: "401" }, { status: 401 });
  }
  if (pathname === "/api/v3/user") return Response.json(userShape(asked.url.origin, user));
  if (pathname !== "/api/v3/user/emails") return notFound();
  return held.scope.split(/[ ,]/).includes("user:email") ? Response.json(user.emails) : notFound();
}

function notFound(): Response {
  return Response.json({ message: "Not Found", status: "404" }, { status: 404 });
}

const PAGE = `<!doctype html><html lang="en"><title>Peer</title><main><h1>Sign in to GitHub</h1>
<form method="post"><label>Username <input name="login" autofocus></label>
<button name="answer" value="yes">Authorize</button><button name="answer" value="no">Cancel</button>
</form></main></html>`;

function authorize(state: GithubState, { request, url, form }: Asked): Response {
  const { searchParams } = url;
  const login = form.get("login") ?? state.visitor;
  if (request.method === "GET" && login === null) {
    return new Response(PAGE, { headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
  const redirectUri = searchParams.get("redirect_uri") ?? "";
  if (redirectUri === "") return notFound();
  const back = new URL(redirectUri);
  back.searchParams.set("state", searchParams.get("state") ?? "");
  // What it calls itself in its answers, since April 2026.
  back.searchParams.set("iss", `${url.origin}/login/oauth`);
  if (form.get("answer") === "no" || !state.users.has(login ?? "")) {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_description", "The user has denied your application access.");
  } else {
    const code = crypto.randomUUID().replaceAll("-", "").slice(0, 20);
    const challenge = searchParams.get("code_challenge");
    const scope = searchParams.get("scope") ?? "";
    state.codes.set(code, { login: login ?? "", redirectUri, challenge, scope });
    back.searchParams.set("code", code);
  }
  return new Response(null, { status: 302, headers: { Location: back.href } });
}

/** Errors come with status 200; an unknown client is a 404. */
function accessToken(state: GithubState, { form }: Asked): Response {
  if (form.get("client_id") !== CLIENT_ID) {
    return Response.json({ error: "Not Found" }, { status: 404 });
  }
  if (!state.secrets.has(form.get("client_secret") ?? ""))
    return failed("incorrect_client_credentials");
  if (form.get("grant_type") === "refresh_token") {
    const token = form.get("refresh_token") ?? "";
    const held = state.refreshTokens.get(token);
    state.refreshTokens.delete(token);
    return held === undefined ? failed("bad_refresh_token") : tokensFor(state, held);
  }
  const held = state.codes.get(form.get("code") ?? "");
  state.codes.delete(form.get("code") ?? "");
  const verifier = form.get("code_verifier") ?? "";
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  if (held === undefined || held.challenge !== challenge) return failed("bad_verification_code");
  if (held.redirectUri !== form.get("redirect_uri")) return failed("redirect_uri_mismatch");
  return tokensFor(state, held);
}

function failed(error: string): Response {
  const description = `As GitHub says it: ${error}`;
  return Response.json({
    error,
    error_description: description,
    error_uri: "https://docs.github.com",
  });
}

function tokensFor(
  state: GithubState,
  { login, scope }: { readonly login: string; readonly scope: string },
): Response {
  const token = `gho_${crypto.randomUUID().replaceAll("-", "")}`;
  const granted = scope.replaceAll(" ", ",");
  state.tokens.set(token, { login, scope: granted });
  const plain = { access_token: token, token_type: "bearer", scope: granted };
  if (state.lifetimeS === null) return Response.json(plain);
  const refreshToken = `ghr_${crypto.randomUUID().replaceAll("-", "")}`;
  state.refreshTokens.set(refreshToken, { login, scope });
  return Response.json({
    ...plain,
    expires_in: state.lifetimeS,
    refresh_token: refreshToken,
    refresh_token_expires_in: 15_897_600,
  });
}

function userShape(origin: string, { id, login, name, emails }: GithubUser) {
  return {
    login,
    id,
    node_id: Buffer.from(`04:User${id}`).toString("base64"),
    avatar_url: `https://avatars.example/u/${id}?v=4`,
    gravatar_id: "",
    url: `${origin}/api/v3/users/${login}`,
    html_url: `${origin}/${login}`,
    type: "User",
    site_admin: false,
    name,
    company: null,
    email: emails.find(({ visibility }) => visibility === "public")?.email ?? null,
    created_at: "2008-01-14T04:33:35Z",
    updated_at: "2024-01-14T04:33:35Z",
  };
}
