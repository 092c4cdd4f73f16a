/**
 * Reads the body of a request, up to a limit.
 *
 * A body that says that it is too long is not read; one that does not say (chunked) is read until
 * it is. The limit of `Bun.serve` itself must be higher, since its own 413 is an empty answer
 * without any of our headers.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";

/** The body is longer than the limit, or ended before it was whole. */
export type BodyError = { readonly code: "too_large" } | { readonly code: "incomplete" };

/** Reads the whole body. No body is an empty one. */
export async function readBodyBytes(
  request: Request,
  limitBytes: number,
): Promise<Result<Uint8Array, BodyError>> {
  if (request.bodyUsed) throw new TypeError("Cannot read the body: it has been read before");
  const declared = request.headers.get("content-length");
  if (declared !== null && !(Number(declared) <= limitBytes)) return err({ code: "too_large" });
  try {
    const bytes =
      declared === null
        ? await readChunks(request, limitBytes)
        : new Uint8Array(await request.arrayBuffer());
    return bytes === null || bytes.length > limitBytes ? err({ code: "too_large" }) : ok(bytes);
  } catch {
    return err({ code: "incomplete" });
  }
}

/** Collects the chunks as they arrive; `null`, and no more is taken, once they pass the limit. */
async function readChunks(request: Request, limitBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > limitBytes) return null;
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}
