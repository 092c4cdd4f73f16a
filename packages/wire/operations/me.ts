/**
 * The signed-in user.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";
import { user } from "../shapes/user.ts";

/** The signed-in user. */
export const getMe = defineOperation({
  id: "getMe",
  method: "GET",
  path: "/api/v1/auth/me",
  tag: "Account",
  summary: "Tells who is signed in",
  access: "user",
  answers: { 200: user },
  codes: [],
});
