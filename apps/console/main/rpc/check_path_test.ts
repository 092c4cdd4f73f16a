import { expect, test } from "bun:test";
import { isProcedurePath } from "./check_path.ts";

test("isProcedurePath() takes the procedures of the areas", () => {
  for (const path of ["users.list", "overview.live", "audit.export", "limits.blockAddress"]) {
    expect([path, isProcedurePath(path)]).toEqual([path, true]);
  }
});

test("isProcedurePath() takes nothing outside the router, and no name that objects have (prototype pollution)", () => {
  for (const path of [
    "",
    "users",
    "users.",
    ".users.list",
    "users..list",
    "users.__proto__",
    "__proto__.list",
    "users.constructor",
    "users.toString",
    "users.hasOwnProperty",
    "internal.list",
    "users.list,users.get",
    "users.list?batch=1",
    "users.list#",
    "users/list",
    "../users.list",
    "users.list/../../oauth",
    "users.%6cist",
    "https://evil.example/users.list",
    "users.list\n",
    `users.${"a".repeat(41)}`,
  ]) {
    expect([path, isProcedurePath(path)]).toEqual([path, false]);
  }
});
