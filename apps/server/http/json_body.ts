/**
 * Reads the body of a request as one JSON object.
 *
 * The content type must be JSON, so that a form of another site cannot send it without asking
 * first (preflight); the text must be UTF-8 without a byte order mark. What the fields mean is the
 * route's business.
 *
 * @see RFC 8259; WHATWG Fetch, "CORS-safelisted request-header"
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { BODY_LIMIT_BYTES } from "@postern/wire";
import { readBodyBytes } from "./body_bytes.ts";
import { parseJsonText } from "./json_text.ts";

/** Why there is no object. Each code is a problem code. */
export interface JsonBodyError {
  readonly code: "unsupported_media_type" | "too_large" | "invalid_json";
}

/** Fields by name, of any type. May have an own field `__proto__`; reading it is harmless. */
export type JsonObject = Readonly<Record<string, unknown>>;

const INVALID: Result<never, JsonBodyError> = err({ code: "invalid_json" });

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads the body, which must not have been read before. */
export async function readJsonBody(request: Request): Promise<Result<JsonObject, JsonBodyError>> {
  const { headers } = request;
  if (!isJsonType(headers.get("content-type")) || isEncoded(headers.get("content-encoding"))) {
    return err({ code: "unsupported_media_type" });
  }
  const bytes = await readBodyBytes(request, BODY_LIMIT_BYTES);
  if (!bytes.ok) return bytes.error.code === "too_large" ? err({ code: "too_large" }) : INVALID;
  const text = decodeUtf8(bytes.value);
  if (text === undefined) return INVALID;
  const json = parseJsonText(text);
  if (!json.ok) return INVALID;
  return isObject(json.value) ? ok(json.value) : INVALID;
}

/** Tells whether a content type is `application/json`, alone or with `charset=utf-8`. */
export function isJsonType(contentType: string | null): boolean {
  if (contentType === "application/json") return true;
  return (
    contentType !== null &&
    /^application\/json[ \t]*(?:;[ \t]*(?:charset=(?:utf-8|"utf-8"))?[ \t]*)?$/i.test(contentType)
  );
}

/** Decodes strictly: `undefined` where a byte is not UTF-8. A byte order mark stays in the text. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Tells whether a body comes compressed, or in any other way that is not read here. */
export function isEncoded(contentEncoding: string | null): boolean {
  return contentEncoding !== null && contentEncoding.toLowerCase() !== "identity";
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
