/**
 * Refusals: our problem codes as tRPC's errors, and back.
 *
 * @module
 */

import type { LimitId, Page, RateLimited } from "@postern/auth";
import type { Result } from "@postern/std";
import { type FieldProblem, fieldProblemsOf, PROBLEMS, type ProblemCode } from "@postern/wire";
import { TRPCError } from "@trpc/server";

/** A problem as a caller sees it. */
interface Problem {
  readonly code: ProblemCode;
  readonly detail?: string | undefined;
  /** What is wrong with single fields. */
  readonly errors?: readonly FieldProblem[] | undefined;
  /** The limit that was reached. */
  readonly limited?: RateLimited | undefined;
}

class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

const BY_STATUS: Readonly<Record<number, TRPCError["code"]>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  502: "BAD_GATEWAY",
  503: "SERVICE_UNAVAILABLE",
};

/** Makes the error that refuses with one of our codes. */
export function refused(
  code: ProblemCode,
  detail?: string,
  errors?: readonly FieldProblem[],
): TRPCError {
  return errorOf({ code, detail, errors });
}

function errorOf(problem: Problem): TRPCError {
  const { status, title } = PROBLEMS[problem.code];
  const code = BY_STATUS[status] ?? "INTERNAL_SERVER_ERROR";
  const cause = new Refusal(problem);
  return new TRPCError({ code, message: problem.detail ?? title, cause });
}

/** The value of a use case, or its refusal thrown. */
export function unwrap<T>(
  result: Result<
    T,
    {
      readonly code: ProblemCode;
      readonly detail?: string;
      readonly errors?: readonly FieldProblem[];
      readonly limit?: LimitId;
      readonly retryAfterMs?: number;
    }
  >,
): T {
  if (result.ok) return result.value;
  const { code, detail, errors, limit, retryAfterMs } = result.error;
  if (limit === undefined || retryAfterMs === undefined) throw refused(code, detail, errors);
  const limited = { code: "rate_limited", limit, retryAfterMs } as const;
  throw errorOf({ code, detail, errors, limited });
}

/** The limit behind an error, and when to come back; null where it is another. */
export function limitReached({ cause }: TRPCError): RateLimited | null {
  return cause instanceof Refusal ? (cause.problem.limited ?? null) : null;
}

/** A page that was found; refused where its cursor is none of that list's. */
export function goodPage<T>(page: Page<T>): Page<T> {
  if (page.isBadCursor !== true) return page;
  const detail = "It is none that this list gave";
  const error = { path: "cursor", code: "invalid_request", detail } as const;
  throw refused("invalid_request", `cursor: ${detail}`, [error]);
}

/** The problem behind an error. What is none of ours tells nothing of itself. */
export function problemOf(error: TRPCError): Problem {
  if (error.cause instanceof Refusal) return error.cause.problem;
  switch (error.code) {
    case "NOT_FOUND":
      return { code: "not_found" };
    case "METHOD_NOT_SUPPORTED":
      return { code: "method_not_allowed" };
    case "UNSUPPORTED_MEDIA_TYPE":
      return { code: "unsupported_media_type" };
    case "PAYLOAD_TOO_LARGE":
      return { code: "too_large" };
    case "PARSE_ERROR":
      return { code: "invalid_json" };
    case "BAD_REQUEST":
      if (error.cause instanceof SyntaxError) return { code: "invalid_json" };
      return { code: "invalid_request", ...fieldsOf(error.cause) };
    default:
      return { code: "internal" };
  }
}

/** Which fields of the input are wrong; never what was sent. */
function fieldsOf(cause: unknown): Pick<Problem, "detail" | "errors"> {
  if (typeof cause !== "object" || cause === null || !("issues" in cause)) return {};
  const errors = fieldProblemsOf(cause as Parameters<typeof fieldProblemsOf>[0]);
  return { errors, detail: errors.map(({ path, detail }) => `${path}: ${detail}`).join("; ") };
}
