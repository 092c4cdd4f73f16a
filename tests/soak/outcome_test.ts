import { expect, test } from "bun:test";
import type { Answer } from "../support/http_client.ts";
import { attempt, isDone, isUnsure, judge } from "./outcome.ts";

function answer(status: number): Answer {
  return { status, headers: new Headers(), json: undefined, text: "why" };
}

test("judge() excuses what is broken or gone, and never a refusal of what was promised", () => {
  expect(
    [null, 200, 204, 429, 503, 500, 502, 401, 409].map((status) => {
      const given = status === null ? null : answer(status);
      return judge(given, "x").as;
    }),
  ).toEqual(["failed", "done", "done", "busy", "busy", "failed", "failed", "odd", "odd"]);
});

test("what was not answered, or by a breakdown, may have been done; what was refused was not", () => {
  expect(
    [null, 500, 503, 401, 200].map((status) => isUnsure(status === null ? null : answer(status))),
  ).toEqual([true, true, true, false, false]);
  expect([isDone(null), isDone(answer(204)), isDone(answer(401))]).toEqual([false, true, false]);
});

test("attempt() gives an answer, and null where the connection broke", async () => {
  expect((await attempt(Promise.resolve(answer(200))))?.status).toBe(200);
  expect(await attempt(Promise.reject(new Error("reset")))).toBeNull();
});
