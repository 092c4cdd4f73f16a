/**
 * Requests as they go over the wire.
 *
 * @see RFC 9112, section 2.1 (message format)
 * @module
 */

/** What a request says. */
export interface RequestParts {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

const HEAD_END = "\r\n\r\n";

/** Writes a request. Its connection stays open. */
export function requestText(parts: RequestParts): string {
  const body = parts.body === undefined ? "" : JSON.stringify(parts.body);
  const headers = Object.entries(parts.headers).map(([name, value]) => `${name}: ${value}`);
  if (parts.body !== undefined) headers.push("Content-Type: application/json");
  const head = [`${parts.method} ${parts.path} HTTP/1.1`, `Host: ${parts.host}`, ...headers];
  return withBody(head.join("\r\n"), body);
}

/** The same request with the refresh token that an answer holds. Throws where it holds none. */
export function refreshedRequest(request: string, answer: string): string {
  const { refresh_token } = JSON.parse(answer) as { readonly refresh_token?: unknown };
  if (typeof refresh_token !== "string") {
    throw new Error(`Cannot go on refreshing: no refresh token in ${answer}`);
  }
  const [head = ""] = request.split(HEAD_END);
  const kept = head.replace(/\r\nContent-Length: \d+/, "");
  return withBody(kept, JSON.stringify({ refresh_token }));
}

function withBody(head: string, body: string): string {
  if (body === "") return `${head}${HEAD_END}`;
  return `${head}\r\nContent-Length: ${Buffer.byteLength(body)}${HEAD_END}${body}`;
}
