/**
 * What went wrong with a call, in the words of the bridge.
 *
 * @module
 */

import { PROBLEMS, type ProblemCode } from "@postern/wire";
import { TRPCClientError } from "@trpc/client";
import { z } from "zod";
import type { BridgeError, BridgeErrorCode, FieldError } from "../../ipc/bridge.ts";

/** A refusal of the console's own, on its way through a library that throws. */
export class Refusal extends Error {
  readonly refusal: BridgeError;

  constructor(refusal: BridgeError) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

const fieldErrors = z.array(z.object({ path: z.string(), code: z.string(), detail: z.string() }));

/** A refusal in tRPC's form. */
const rpcRefusal = z.object({
  error: z.object({
    message: z.string(),
    data: z.object({ code: z.string(), httpStatus: z.number(), errors: fieldErrors.optional() }),
  }),
});

/** A refusal of what stands before the procedures. */
const problem = z.object({ code: z.string(), status: z.number(), detail: z.string() });

/** Reads what a call threw. */
export function bridgeErrorOf(thrown: unknown): BridgeError {
  if (thrown instanceof Refusal) return thrown.refusal;
  if (!(thrown instanceof TRPCClientError)) return OFFLINE;
  if (thrown.cause instanceof Refusal) return thrown.cause.refusal;
  const { shape, meta } = thrown;
  const refusal = readRefusal(shape === undefined ? meta?.["responseJSON"] : { error: shape });
  if (refusal !== null) return refusal;
  return meta?.["response"] === undefined ? OFFLINE : BAD_ANSWER;
}

/** Reads a refusal from an answer's body; null where it is none. */
export function readRefusal(json: unknown): BridgeError | null {
  const rpc = rpcRefusal.safeParse(json);
  if (rpc.success) {
    const { message, data } = rpc.data.error;
    return refusalOf({ ...data, message, status: data.httpStatus });
  }
  const other = problem.safeParse(json);
  if (!other.success) return null;
  return refusalOf({ ...other.data, message: other.data.detail });
}

function refusalOf(given: {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly errors?: readonly FieldError[] | undefined;
}): BridgeError {
  const { message, status, errors } = given;
  const fields = errors === undefined ? {} : { errors };
  return { code: codeOf(given.code), message, status, ...fields };
}

/** A newer server may have codes that this console does not know. */
function codeOf(code: string): BridgeErrorCode {
  return Object.hasOwn(PROBLEMS, code) ? (code as ProblemCode) : "bad_answer";
}

const OFFLINE: BridgeError = {
  code: "offline",
  message: "The server cannot be reached.",
  status: 0,
};

/** The server's answer makes no sense. */
export const BAD_ANSWER: BridgeError = {
  code: "bad_answer",
  message: "The server's answer makes no sense.",
  status: 0,
};
