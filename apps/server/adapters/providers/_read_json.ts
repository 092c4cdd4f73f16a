/**
 * Reads the JSON of an answer, as much of it as is allowed and no more.
 *
 * @module
 */

import { err, type Result } from "@postern/std";
import { parseJsonText } from "../../http/json_text.ts";

/** Why an answer is not read. */
export type UnreadableAnswer = "too_large" | "content_type" | "content_encoding" | "bad_json";

/** `application/json`, or one of its kin such as `application/jwk-set+json`. */
const JSON_TYPE = /^application\/(?:[a-z0-9!#$&^_.-]+\+)?json$/;

/** Reads an answer. What is not read is let go, and so is the connection. */
export async function readJson(
  response: Response,
  maxBytes: number,
): Promise<Result<unknown, UnreadableAnswer>> {
  const refused = refusalOf(response, maxBytes);
  if (refused !== undefined) {
    await response.body?.cancel();
    return err(refused);
  }
  const bytes = await readBytes(response, maxBytes);
  if (bytes === undefined) return err("too_large");
  const text = textOf(bytes);
  const parsed = text === undefined ? undefined : parseJsonText(text);
  return parsed?.ok ? parsed : err("bad_json");
}

function refusalOf({ headers }: Response, maxBytes: number): UnreadableAnswer | undefined {
  // None was asked for. What is small on the wire may be huge when it is unpacked.
  if ((headers.get("content-encoding") ?? "identity").toLowerCase() !== "identity") {
    return "content_encoding";
  }
  const [type = ""] = (headers.get("content-type") ?? "").split(";");
  if (!JSON_TYPE.test(type.trim().toLowerCase())) return "content_type";
  return Number(headers.get("content-length") ?? 0) > maxBytes ? "too_large" : undefined;
}

/** Reads to the end; `undefined` where there is more than allowed. */
async function readBytes(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, length);
}

/** Decodes UTF-8; `undefined` where it is none. RFC 8259, section 8.1. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
