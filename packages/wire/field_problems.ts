/**
 * What is wrong with fields, as callers are told it: which field, and what is expected of it. What was
 * sent is never repeated.
 *
 * @module
 */

import type { z } from "zod";
import type { FieldProblem } from "./problem.ts";

/** Says what a schema found wrong, by field. */
export function fieldProblemsOf(error: Pick<z.core.$ZodError, "issues">): FieldProblem[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join(".");
    return { path, code: "invalid_request", detail: sentenceOf(issue) };
  });
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `It is missing or of the wrong type: a ${issue.expected} is expected`;
    case "too_small":
      return `It is too small: ${issue.minimum} is the least`;
    case "too_big":
      return `It is too large: ${issue.maximum} is the most`;
    case "custom":
      // In our own words, which stand beside the rule.
      return issue.message;
    default:
      return "It is not of the form that is expected";
  }
}
