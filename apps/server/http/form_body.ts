/**
 * Reads the body of a request as a form, for the two endpoints whose standard asks for one.
 *
 * A field may come once. One without a value is as good as none.
 *
 * @see RFC 6749, sections 3.2 and 4.1.3; WHATWG URL, section 5 (application/x-www-form-urlencoded)
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { BODY_LIMIT_BYTES } from "@postern/wire";
import { readBodyBytes } from "./body_bytes.ts";
import { decodeUtf8, isEncoded } from "./json_body.ts";

/** Why there is no form. Each code is a problem code. */
export interface FormBodyError {
  readonly code: "unsupported_media_type" | "too_large" | "malformed_request";
  readonly detail?: string;
}

const FORM_TYPE =
  /^application\/x-www-form-urlencoded[ \t]*(?:;[ \t]*(?:charset=(?:utf-8|"utf-8"))?[ \t]*)?$/i;

/** Reads the body, which must not have been read before. */
export async function readFormBody(
  request: Request,
): Promise<Result<Readonly<Record<string, string>>, FormBodyError>> {
  const { headers } = request;
  const isForm = FORM_TYPE.test(headers.get("content-type") ?? "");
  if (!isForm || isEncoded(headers.get("content-encoding"))) {
    const detail = "Send the body as application/x-www-form-urlencoded";
    return err({ code: "unsupported_media_type", detail });
  }
  const bytes = await readBodyBytes(request, BODY_LIMIT_BYTES);
  if (!bytes.ok) {
    return err({ code: bytes.error.code === "too_large" ? "too_large" : "malformed_request" });
  }
  const text = decodeUtf8(bytes.value);
  if (text === undefined) return err({ code: "malformed_request", detail: "Send UTF-8" });
  return readForm(text);
}

function readForm(text: string): Result<Readonly<Record<string, string>>, FormBodyError> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) {
      return err({ code: "malformed_request", detail: "Send each field once" });
    }
    fields.set(name, value);
  }
  return ok(Object.fromEntries([...fields].filter(([, value]) => value !== "")));
}
