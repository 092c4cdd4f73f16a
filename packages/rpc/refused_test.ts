import { expect, test } from "bun:test";
import { PROBLEMS, type ProblemCode, userInput } from "@postern/wire";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { problemOf, refused } from "./refused.ts";

/** Answered before any procedure is looked up, and without a name in tRPC. */
const NOT_OURS: ReadonlySet<string> = new Set(["misdirected"]);

test("refused() keeps each code and its status", () => {
  const codes = Object.keys(PROBLEMS).filter((code) => !NOT_OURS.has(code)) as ProblemCode[];
  for (const code of codes) {
    const error = refused(code);
    expect(problemOf(error).code).toBe(code);
    expect(getHTTPStatusCodeFromError(error)).toBe(PROBLEMS[code].status);
  }
});

test("problemOf() tells nothing of what broke inside", () => {
  const cause = new Error("SQLITE_ERROR: no such table");
  const error = new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: cause.message, cause });
  expect(problemOf(error)).toEqual({ code: "internal" });
});

test("problemOf() names the fields that are wrong, and repeats nothing of what was sent", () => {
  const { error: cause } = userInput.safeParse({ id: 7 });
  const error = new TRPCError({ code: "BAD_REQUEST", cause });
  const detail = "It is missing or of the wrong type: a string is expected";
  expect(problemOf(error)).toEqual({
    code: "invalid_request",
    detail: `id: ${detail}`,
    errors: [{ path: "id", code: "invalid_request", detail }],
  });
});
