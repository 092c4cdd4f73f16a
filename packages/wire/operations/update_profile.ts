/**
 * Changing one's profile.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { nameField, pictureField, usernameField } from "../shapes/fields.ts";
import { user } from "../shapes/user.ts";

/** Changing one's profile. */
export const updateProfile = defineOperation({
  id: "updateProfile",
  method: "PATCH",
  path: "/api/v1/auth/me",
  tag: "Account",
  summary: "Changes name, username or picture; null takes a name or a picture away",
  access: "user",
  body: z.object({
    name: nameField.nullish(),
    username: usernameField.optional(),
    picture: pictureField.nullish(),
  }),
  answers: { 200: user },
  codes: ["invalid_request"],
});
