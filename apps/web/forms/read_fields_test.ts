import { expect, test } from "bun:test";
import type { ClientProblem } from "@postern/client";
import { findEmpty, placeProblem, readValues } from "./read_fields.ts";

const FIELDS = ["email", "password"] as const;

function problem(change: Partial<ClientProblem>): ClientProblem {
  const none = { status: 422, detail: "Some fields", errors: [], retryAfterS: null };
  return { code: "invalid_request", requestId: null, ...none, ...change };
}

const PLAN = {
  fields: FIELDS,
  fieldOf: { wrong_password: "password" },
  words: (given: ClientProblem) => given.detail,
} as const;

test("readValues() takes what the form has, spaces and all, and nothing it was not asked for", () => {
  const data = new FormData();
  data.set("password", "  two spaces  ");
  data.set("stray", "x");
  expect(readValues(data, FIELDS)).toEqual({ email: "", password: "  two spaces  " });
});

test("findEmpty() names fields of nothing but space", () => {
  const values = { email: "  ", password: "x" };
  expect(findEmpty(values, { email: "Enter it", password: "Enter it" })).toEqual({
    email: ["Enter it"],
  });
});

test("placeProblem() puts every error of a field beside it", () => {
  const errors = [
    { path: "password", code: "password_too_short", detail: "Too short" },
    { path: "password", code: "password_numeric", detail: "Only digits" },
  ] as const;
  expect(placeProblem(problem({ errors }), PLAN)).toEqual({
    errors: { password: ["Too short", "Only digits"] },
    isPlaced: true,
  });
});

test("placeProblem() leaves a problem above when one of its errors is about no field here", () => {
  const errors = [
    { path: "email", code: "email_invalid", detail: "No @" },
    { path: "token", code: "invalid_request", detail: "Missing" },
  ] as const;
  expect(placeProblem(problem({ errors }), PLAN)).toEqual({
    errors: { email: ["No @"] },
    isPlaced: false,
  });
});

test("placeProblem() knows the field of a code that names none", () => {
  const wrong = problem({ code: "wrong_password", detail: "Not it" });
  expect(placeProblem(wrong, PLAN)).toEqual({ errors: { password: ["Not it"] }, isPlaced: true });
});

test("placeProblem() leaves a problem without fields above", () => {
  const offline = problem({ code: "offline", status: 0 });
  expect(placeProblem(offline, PLAN)).toEqual({ errors: {}, isPlaced: false });
});
