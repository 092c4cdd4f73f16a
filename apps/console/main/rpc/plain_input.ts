/**
 * What the page hands over, as JSON: no more than the server takes, and nothing but data.
 *
 * @module
 */

import { BODY_LIMIT_BYTES } from "@postern/wire";

/** Copies an input; null where it cannot be sent. What is undefined is left out. */
export function plainInput(input: unknown): { readonly value: unknown } | null {
  if (input === undefined) return { value: undefined };
  try {
    const text = JSON.stringify(input);
    if (text === undefined || Buffer.byteLength(text) > BODY_LIMIT_BYTES) return null;
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
