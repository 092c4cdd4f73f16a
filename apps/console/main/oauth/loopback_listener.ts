/**
 * Waits on this machine for the browser to bring the answer: one listener for each visit, one answer,
 * then it is gone.
 *
 * @see RFC 8252, sections 7.3 and 8.3; RFC 9207, section 2.4
 * @module
 */

import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Outcome } from "../../ipc/bridge.ts";
import { done, failed } from "../../ipc/outcome.ts";
import { answerPage } from "./answer_page.ts";
import { hashOf } from "./dpop_key.ts";

const HOST = "127.0.0.1";
const PATH = "/callback";

/** What an answer must say. */
export interface Expected {
  readonly state: string;
  readonly issuer: string;
}

/** A listener that waits. */
export interface LoopbackListener {
  readonly redirectUri: string;
  /** The code, or why there is none. Never, unless an answer comes. */
  readonly answer: Promise<Outcome<string>>;
  close(): void;
}

/** Begins to wait. */
export async function openLoopback(expected: Expected): Promise<LoopbackListener> {
  const { promise: answer, resolve } = Promise.withResolvers<Outcome<string>>();
  let isAnswered = false;
  const server = createServer((request, response) => {
    const found = isAnswered ? null : readAnswer(request, expected);
    if (found === null) {
      refuse(response);
      return;
    }
    isAnswered = true;
    show(response, found.ok);
    response.once("close", () => resolve(found));
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    redirectUri: `http://${HOST}:${port}${PATH}`,
    answer,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(0, HOST, resolve);
  return promise;
}

/** Reads what was brought; null where it is not the answer that is waited for. */
function readAnswer(request: IncomingMessage, expected: Expected): Outcome<string> | null {
  const { method, headers, socket } = request;
  if (method !== "GET" || headers.host !== `${HOST}:${socket.localPort}`) return null;
  const url = URL.parse(request.url ?? "", `http://${headers.host}`);
  if (url === null || url.pathname !== PATH) return null;
  const values = (name: string) => url.searchParams.getAll(name);
  const [state, ...more] = values("state");
  if (state === undefined || more.length > 0 || !isSame(state, expected.state)) return null;
  const [issuer, ...others] = values("iss");
  if (issuer !== expected.issuer || others.length > 0) {
    return failed("bad_server", "Another server answered than the one that was asked.");
  }
  const [error] = values("error");
  if (error === "access_denied") return failed("access_denied", "It was refused in the browser.");
  const [code, ...doubled] = values("code");
  if (error !== undefined || code === undefined || code === "" || doubled.length > 0) {
    return failed("bad_answer", "The server did not take the request.");
  }
  return done(code);
}

/** Compares without telling by time how much is alike. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(b)));
}

function refuse(response: ServerResponse): void {
  response.writeHead(404, { Connection: "close", "Cache-Control": "no-store" }).end();
}

function show(response: ServerResponse, isGood: boolean): void {
  const { html, headers } = answerPage(isGood);
  response.writeHead(200, { ...headers, Connection: "close" }).end(html);
}
