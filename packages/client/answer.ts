/**
 * What a call comes back with: a value, or a problem as a value.
 *
 * @module
 */

import type { FieldProblem, ProblemCode } from "@postern/wire";

/**
 * Code of a problem: the server's, or one of two that arise on the way. `offline`: no answer came;
 * `unreadable`: one came, but not from Postern, such as a proxy's error page.
 */
export type ClientProblemCode = ProblemCode | "offline" | "unreadable";

/** Why a call did not do what was asked. */
export interface ClientProblem {
  readonly code: ClientProblemCode;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** For people; of no fixed wording. */
  readonly detail: string;
  /** What is wrong field by field; empty where the problem is of another kind. */
  readonly errors: readonly FieldProblem[];
  /** Seconds to wait before another try, where the server named a time. */
  readonly retryAfterS: number | null;
  /** The server's id of the request, to quote when asking for help. */
  readonly requestId: string | null;
}

/** A value or a problem. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ClientProblem };

/** Makes the answer of a call that nothing came back from. */
export function offlineAnswer(): { readonly ok: false; readonly problem: ClientProblem } {
  const detail = "The server cannot be reached";
  return {
    ok: false,
    problem: {
      code: "offline",
      status: 0,
      detail,
      errors: [],
      retryAfterS: null,
      requestId: null,
    },
  };
}

/**
 * Reads a response. An answer without a body is `null`.
 *
 * The shapes of good answers are the server's promise and are not checked again here: a page that
 * carried all schemas would load twice as long.
 */
export async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  const body = await readJson(response);
  if (body.ok && response.ok) return { ok: true, value: body.value as T };
  const problem = body.ok ? asProblem(body.value) : undefined;
  return {
    ok: false,
    problem: {
      code: problem?.code ?? "unreadable",
      status: response.status,
      detail: problem?.detail ?? `The server answered ${response.status} without saying why`,
      errors: problem?.errors ?? [],
      retryAfterS: readRetryAfter(response.headers.get("Retry-After")),
      requestId: response.headers.get("X-Request-Id"),
    },
  };
}

/** Reads `Retry-After` in its form of whole seconds; the form with a date is not ours. RFC 9110, 10.2.3. */
function readRetryAfter(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

async function readJson(response: Response): Promise<{ ok: true; value: unknown } | { ok: false }> {
  if (response.status === 204) return { ok: true, value: null };
  try {
    return { ok: true, value: await response.json() };
  } catch {
    return { ok: false };
  }
}

interface ProblemBody {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
}

function asProblem(body: unknown): ProblemBody | undefined {
  if (typeof body !== "object" || body === null || !("code" in body)) return undefined;
  if (typeof body.code !== "string") return undefined;
  const detail = "detail" in body && typeof body.detail === "string" ? body.detail : "";
  const errors = "errors" in body && Array.isArray(body.errors) ? body.errors : [];
  // A newer server may know codes that this build does not; callers then fall to `detail`.
  return { code: body.code as ProblemCode, detail, errors: errors as readonly FieldProblem[] };
}
