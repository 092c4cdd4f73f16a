/**
 * A caller that sends what a page of ours in a browser would send: cookies, Origin, the CSRF token.
 *
 * @module
 */

import { type CookieJar, createCookieJar } from "./cookie_jar.ts";

/** What came back, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON of some kind; `undefined` where it is not, or is empty. */
  readonly json: unknown;
  readonly text: string;
}

/** What a request may hold beside its method and path. */
export interface HttpRequest {
  /** Sent as JSON; a string or bytes as they are. */
  readonly body?: unknown;
  /** These win over what the client would send. `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** `false` leaves out the CSRF token. */
  readonly csrf?: boolean;
}

/** The caller. */
export interface HttpClient {
  readonly jar: CookieJar;
  /** One request; redirects are not followed. Unsafe methods carry the CSRF token, fetched at need. */
  request(method: string, path: string, request?: HttpRequest): Promise<Answer>;
  get(path: string, request?: HttpRequest): Promise<Answer>;
  post(path: string, body?: unknown, request?: HttpRequest): Promise<Answer>;
}

/** Whom to call, and as whom. */
export interface HttpClientOptions {
  /** Where to connect. */
  readonly url: string;
  /** What the browser has in its address bar; `url` by default. */
  readonly origin?: string;
  /** Sent with every request, such as a User-Agent. */
  readonly headers?: Readonly<Record<string, string>>;
}

const CSRF_PATH = "/api/v1/auth/csrf";
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** Makes a caller with an empty jar. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const jar = createCookieJar();

  async function csrfToken(): Promise<string | null> {
    if (jar.find("csrftoken") === undefined) await request("GET", CSRF_PATH);
    return jar.find("csrftoken") ?? null;
  }

  async function request(method: string, path: string, what: HttpRequest = {}): Promise<Answer> {
    const isSafe = ["GET", "HEAD", "OPTIONS"].includes(method);
    const token = isSafe || what.csrf === false ? null : await csrfToken();
    const headers = headersOf([
      ["User-Agent", USER_AGENT],
      ["Cookie", jar.header() ?? null],
      ["Origin", isSafe ? null : new URL(options.origin ?? options.url).origin],
      ["X-CSRFToken", token],
      ["Content-Type", what.body === undefined ? null : "application/json"],
      ...Object.entries(options.headers ?? {}),
      ...Object.entries(what.headers ?? {}),
    ]);
    const url = new URL(path, options.url);
    const body = bodyOf(what.body);
    const response = await fetch(url, { method, headers, redirect: "manual", ...body });
    for (const line of response.headers.getSetCookie()) jar.keep(line);
    return await readAnswer(response);
  }

  return {
    jar,
    request,
    get: (path, what) => request("GET", path, what),
    post: (path, body, what) => request("POST", path, { ...what, body }),
  };
}

/** Later ones win; `null` takes one out. */
function headersOf(pairs: readonly (readonly [name: string, value: string | null])[]): Headers {
  const headers = new Headers();
  for (const [name, value] of pairs) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return headers;
}

function bodyOf(body: unknown): { body?: string | Uint8Array<ArrayBuffer> } {
  if (body === undefined) return {};
  if (typeof body === "string") return { body };
  if (body instanceof Uint8Array) return { body: new Uint8Array(body) };
  return { body: JSON.stringify(body) };
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const type = response.headers.get("Content-Type") ?? "";
  const isJson = text !== "" && /^application\/(?:[\w.-]+[+])?json/.test(type);
  const json: unknown = isJson ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, json, text };
}
