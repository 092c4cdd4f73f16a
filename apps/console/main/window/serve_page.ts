/**
 * Answers `app://console/…` from the built page's folder, and from nowhere else.
 *
 * @module
 */

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { isOwnPage } from "../page_address.ts";

/** Where the page has the nonce that its own style tags take. */
const NONCE_PLACE = "{{nonce}}";

/** What the page may load: itself. It speaks to no server, so it may connect to nothing at all. */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** One file name, without folders: letters, digits, `_`, `-`, and dots that are not at its beginning. */
const FILE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/** Answers a request for a file of the page. */
export async function servePage(folder: string, request: Request): Promise<Response> {
  const name = nameIn(request);
  const type = name === null ? undefined : TYPES[extname(name)];
  const bytes = name === null || type === undefined ? null : await read(join(folder, name));
  const nonce = randomBytes(16).toString("base64url");
  const headers = {
    "Content-Type": type ?? "text/plain",
    "Content-Security-Policy": policyOf(nonce),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
  };
  if (bytes === null) return new Response(null, { status: 404, headers });
  if (type !== TYPES[".html"]) return new Response(new Uint8Array(bytes), { headers });
  return new Response(bytes.toString("utf8").replaceAll(NONCE_PLACE, nonce), { headers });
}

function nameIn({ url, method }: Request): string | null {
  if (method !== "GET" || !isOwnPage(url)) return null;
  const name = new URL(url).pathname.slice(1);
  return FILE_NAME.test(name) ? name : null;
}

async function read(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch {
    return null;
  }
}
