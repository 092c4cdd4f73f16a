/**
 * Makes outcomes.
 *
 * @module
 */

import type { BridgeError, BridgeErrorCode, Outcome } from "./bridge.ts";

/** A value. */
export function done<Data>(data: Data): Outcome<Data> {
  return { ok: true, data };
}

/** A refusal. */
export interface Refused {
  readonly ok: false;
  readonly error: BridgeError;
}

/** Something that the console itself refuses, with a sentence for people. */
export function failed(code: BridgeErrorCode, message: string): Refused {
  return { ok: false, error: { code, message, status: 0 } };
}

/** Something that is refused, as it is. */
export function refusedBy(error: BridgeError): Refused {
  return { ok: false, error };
}
