/**
 * Says that an answer is a problem of a kind, in the form that all of them have.
 *
 * @module
 */

import { expect } from "bun:test";
import { PROBLEMS, type Problem, type ProblemCode, problem } from "@postern/wire";
import type { Answer } from "./http_client.ts";

/** Fails unless the answer is this problem; gives it back. */
export function expectProblem(answer: Answer, code: ProblemCode): Problem {
  const parsed = problem.strict().parse(answer.json ?? { unparsed: answer.text });
  expect(parsed.code).toBe(code);
  expect(answer.status).toBe(PROBLEMS[code].status);
  expect(parsed.status).toBe(answer.status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return parsed;
}

/** Fails unless the answer is a 422 that names exactly these fields, each with its code. */
export function expectFieldProblems(
  answer: Answer,
  ...fields: readonly (readonly [path: string, code: ProblemCode])[]
): void {
  const { errors = [] } = expectProblem(answer, "invalid_request");
  expect(errors.map((one) => [one.path, one.code])).toEqual(fields.map((field) => [...field]));
}
