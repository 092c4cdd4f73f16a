/**
 * How `/admin/trpc` writes what others write as a problem, where no procedure was reached.
 *
 * @see JSON-RPC 2.0, section 5.1 (error codes); https://trpc.io/docs/server/error-handling (tRPC's own)
 * @module
 */

import { PROBLEMS, type ProblemCode } from "./problem.ts";

/** Numbers of tRPC's errors, by the status that they stand for. */
const NUMBERS: Readonly<Record<number, number>> = {
  401: -32_001,
  403: -32_003,
  404: -32_004,
  405: -32_005,
  413: -32_013,
  415: -32_015,
  429: -32_029,
  500: -32_603,
  503: -32_603,
};

/** "Invalid Request" and "Parse error" of JSON-RPC. */
const INVALID_REQUEST = -32_600;
const PARSE_ERROR = -32_700;

/** An error as a client of tRPC reads it. */
export interface TrpcRefusal {
  readonly error: {
    readonly message: string;
    readonly code: number;
    readonly data: { readonly code: ProblemCode; readonly httpStatus: number };
  };
}

/** Writes a problem as an error of tRPC. */
export function trpcRefusal(code: ProblemCode, message: string): TrpcRefusal {
  const { status } = PROBLEMS[code];
  const number = code === "invalid_json" ? PARSE_ERROR : (NUMBERS[status] ?? INVALID_REQUEST);
  return { error: { message, code: number, data: { code, httpStatus: status } } };
}
