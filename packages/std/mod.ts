/**
 * What every package may rely on: results, time, ids, and the ports to randomness and hashing.
 *
 * @module
 */

export * from "./base64url.ts";
export * from "./canonical_json.ts";
export * from "./chance.ts";
export * from "./clock.ts";
export * from "./hash.ts";
export * from "./id.ts";
export * from "./nfc.ts";
export * from "./random.ts";
export * from "./result.ts";
export * from "./rfc3339.ts";
