/**
 * A console of a running server: an administrator's token, and a key that proves it at every call.
 *
 * The token is made on the server's database by its own rules; how a console comes by it over HTTP is
 * tested elsewhere.
 *
 * @module
 */

import { join } from "node:path";
import {
  allowConsole,
  exchangeCode,
  type Role,
  type SessionId,
  type UserActor,
} from "@postern/auth";
import { createTokens } from "@postern/server/adapters/tokens.ts";
import { type Core, openCore } from "@postern/server/compose.ts";
import { readConfig } from "@postern/server/config.ts";
import { type ConsoleKey, hashOf, makeConsoleKey } from "./console_key.ts";
import type { Deployment } from "./deployment.ts";
import { type EventStream, readEventStream } from "./event_stream.ts";

/** Path of the door. */
export const ADMIN_PATH = "/admin/trpc";

const REDIRECT = "http://127.0.0.1:49152/callback";
const VERIFIER = "a".repeat(43);

/** What is sent with a call. What is not given is right. */
export interface SentByConsole {
  readonly input?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the server is, if not at its own address. */
  readonly url?: string;
}

/** What was answered. */
export interface ConsoleAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly result?: { readonly data: Record<string, unknown> };
  readonly error?: { readonly data: { readonly code: string } };
}

/** A console. */
export interface RunningConsole {
  readonly key: ConsoleKey;
  readonly token: string;
  readonly username: string;
  /** A proof of the key for one call. */
  prove(method: string, path: string, by?: ConsoleKey): Promise<string>;
  /** A request with what it is told to send, and nothing else. */
  send(method: "GET" | "POST", path: string, sent?: SentByConsole): Promise<ConsoleAnswer>;
  /** A call with the token and its proof. */
  call(method: "GET" | "POST", path: string, sent?: SentByConsole): Promise<ConsoleAnswer>;
  /** Opens a stream. */
  watch(path: string, sent?: SentByConsole): Promise<{ response: Response; stream: EventStream }>;
  close(): Promise<void>;
}

/** Makes an administrator, and a console of it. */
export async function openRunningConsole(
  deployment: Deployment,
  role: Role = "owner",
): Promise<RunningConsole> {
  const key = await makeConsoleKey();
  const config = readConfig({ DATABASE_URL: `file:${join(deployment.folder, "data/postern.db")}` });
  if (!config.ok) throw new Error(config.error.join("\n"));
  const opened = await openCore(config.value, { issuer: () => deployment.server.publicUrl });
  if (!opened.ok) throw new Error(opened.error.message);
  const core = opened.value;
  const { username } = await deployment.newAccount();
  deployment.sql("UPDATE users SET role = ? WHERE username = ?", role, username);
  const token = await newToken(core, { username, thumbprint: key.thumbprint });

  async function prove(htm: string, path: string, by = key): Promise<string> {
    const htu = `${deployment.server.publicUrl}${ADMIN_PATH}/${path}`;
    return await by.prove({ htm, htu, iat: Math.floor(Date.now() / 1_000), token });
  }

  function open(method: "GET" | "POST", path: string, { input, headers, url }: SentByConsole) {
    const base = `${url ?? deployment.server.url}${ADMIN_PATH}/${path}`;
    const isQuery = method === "GET" && input !== undefined;
    const full = isQuery ? `${base}?input=${encodeURIComponent(JSON.stringify(input))}` : base;
    return fetch(full, {
      method,
      headers: { "X-Forwarded-For": "192.0.2.9", ...headers },
      ...(method === "POST" ? { body: JSON.stringify(input) } : {}),
    });
  }

  async function credentials(method: string, path: string, headers: SentByConsole["headers"]) {
    const type = { "Content-Type": "application/json" };
    const dpop = await prove(method, path);
    return { ...type, Authorization: `DPoP ${token}`, DPoP: dpop, ...headers };
  }

  const self: RunningConsole = {
    key,
    token,
    username,
    prove,
    async send(method, path, sent = {}) {
      const response = await open(method, path, sent);
      const json = (await response.json()) as Pick<ConsoleAnswer, "result" | "error">;
      return { status: response.status, headers: response.headers, ...json };
    },
    async call(method, path, sent = {}) {
      const headers = await credentials(method, path, sent.headers);
      return await self.send(method, path, { ...sent, headers });
    },
    async watch(path, sent = {}) {
      const headers = await credentials("GET", path, sent.headers);
      const response = await open("GET", path, { input: {}, ...sent, headers });
      return { response, stream: readEventStream(response) };
    },
    close: () => core.close(),
  };
  return self;
}

async function newToken(
  core: Core,
  of: { readonly username: string; readonly thumbprint: string },
): Promise<string> {
  const { username, thumbprint } = of;
  const user = await core.store.findUserByUsername(username);
  if (user === null) throw new Error("There is no such user");
  const deps = {
    ...core,
    tokens: createTokens({ clock: core.clock, keys: core.rings.signing }),
    sealer: core.rings.sealer,
    describeDevice: () => null,
  };
  const origin = { requestId: "-", ip: "192.0.2.9", userAgent: null };
  const actor: UserActor = {
    ...origin,
    type: "user",
    userId: user.id,
    username,
    role: user.role,
    sessionId: "-" as SessionId,
    signedInAt: core.clock.now(),
  };
  const codeChallenge = hashOf(VERIFIER);
  const request = { redirectUri: REDIRECT, state: "s", codeChallenge, maxAgeMs: null };
  const code = await allowConsole(deps, actor, request);
  if (!code.ok) throw new Error(code.error.code);
  const command = { code: code.value.code, redirectUri: REDIRECT, verifier: VERIFIER, thumbprint };
  const made = await exchangeCode(deps, { ...origin, type: "anonymous" }, command);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.tokens.accessToken;
}
