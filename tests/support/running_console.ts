/**
 * Calls and streams of a console, with headers and addresses to be chosen: for what goes wrong.
 *
 * @module
 */

import type { Role } from "@postern/auth";
import { newAdmin, openConsole } from "./console.ts";
import type { ConsoleKey } from "./console_key.ts";
import type { Deployment } from "./deployment.ts";
import { type EventStream, readEventStream } from "./event_stream.ts";

/** Path of the door. */
export const ADMIN_PATH = "/admin/trpc";

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
}

/** Makes an administrator, and a console of it. */
export async function openRunningConsole(
  deployment: Deployment,
  role: Role = "owner",
): Promise<RunningConsole> {
  const { account, browser } = await newAdmin(deployment, role);
  const { username } = account;
  const { key, tokens } = await openConsole(deployment, browser);
  const token = tokens.access_token;

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
  };
  return self;
}
