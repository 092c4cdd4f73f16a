/**
 * HTTP as bytes over TCP, for requests that no client would send.
 *
 * @see RFC 9112 (message framing)
 * @module
 */

import { connect } from "node:net";

/** What came back. */
export interface RawAnswer {
  /** Why reading stopped: the answer was whole, the server closed, or the time was over. */
  readonly ended: "complete" | "closed" | "timeout";
  /** 0 when there was no status line. */
  readonly status: number;
  /** As sent, in order, repeated ones too; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Without its framing, when that is by length; else as it came. */
  readonly body: string;
  /** All of it, one character a byte. */
  readonly raw: string;
}

/** An end to a test that hangs, not a promise of anybody. */
const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Sends bytes and reads one answer.
 *
 * @param url Where to connect; only its host and port count.
 * @param request The whole request. Characters of a string are sent as one byte each.
 * @param timeoutMs When to stop waiting.
 */
export async function sendRaw(
  url: string,
  request: string | Uint8Array,
  timeoutMs: number = ANSWER_TIMEOUT_MS,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const bytes = typeof request === "string" ? Buffer.from(request, "latin1") : request;
  return await new Promise((resolve, reject) => {
    let raw = "";
    const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ""), () =>
      socket.write(bytes),
    );
    const end = (ended: RawAnswer["ended"]): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ended, ...readAnswer(raw) });
    };
    const timer = setTimeout(end, timeoutMs, "timeout");
    socket.on("data", (chunk) => {
      raw += chunk.toString("latin1");
      if (isWhole(raw)) end("complete");
    });
    socket.on("close", () => end("closed"));
    socket.on("error", (cause) => (raw === "" && isRefused(cause) ? reject(cause) : end("closed")));
  });
}

/** Joins lines of a request with CRLF, and ends its head. */
export function requestHead(...lines: readonly string[]): string {
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function isRefused(cause: Error): boolean {
  return "code" in cause && cause.code === "ECONNREFUSED";
}

function readAnswer(raw: string): Omit<RawAnswer, "ended"> {
  const end = raw.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = (end < 0 ? raw : raw.slice(0, end)).split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const status = Number(/^HTTP\/1[.][01] (\d{3})/.exec(statusLine)?.[1] ?? 0);
  return { status, headers, body: end < 0 ? "" : raw.slice(end + 4), raw };
}

/** Tells whether an answer has come in full, as far as its framing says. */
function isWhole(raw: string): boolean {
  if (!raw.includes("\r\n\r\n")) return false;
  const { status, headers, body } = readAnswer(raw);
  if (status === 204 || status === 304) return true;
  const length = headers.find(([name]) => name === "content-length")?.[1];
  if (length !== undefined) return body.length >= Number(length);
  return headers.some(([name]) => name === "transfer-encoding") && body.endsWith("0\r\n\r\n");
}
