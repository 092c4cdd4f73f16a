/**
 * Base64 as it is written in stored hashes, read strictly: Node's own decoder skips what it does
 * not know, so that several texts would be one value.
 *
 * @see RFC 4648, section 4
 * @module
 */

/** Decodes with padding; `undefined` where the text is not what these bytes are written as. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

/** Decodes without padding, as PHC strings have it. */
export function decodeBareBase64(text: string): Buffer | undefined {
  return text.includes("=")
    ? undefined
    : decodeBase64(text.padEnd(4 * Math.ceil(text.length / 4), "="));
}
