/**
 * Why a call came to nothing, as the pages are told.
 *
 * @module
 */

import type { BridgeError, BridgeErrorCode } from "../../ipc/bridge.ts";

/** A call that was made. */
export interface MadeCall {
  readonly path: string;
  readonly input: unknown;
}

/** Why it came to nothing. */
export interface Problem {
  readonly code: BridgeErrorCode;
  /** For people. */
  readonly message: string;
  readonly call: MadeCall | null;
}

/** A refusal as an error, with the call that was refused. */
export class CallRefusal extends Error {
  readonly refusal: BridgeError;
  readonly call: MadeCall;

  constructor(refusal: BridgeError, call: MadeCall) {
    super(refusal.message);
    this.refusal = refusal;
    this.call = call;
  }
}

/** The problem behind an error that a call threw. What is none of a call is a bug in this page. */
export function problemOf(error: unknown): Problem {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof CallRefusal) {
    return { code: cause.refusal.code, message: cause.refusal.message, call: cause.call };
  }
  return { code: "internal", message: "Something went wrong in this page", call: null };
}
