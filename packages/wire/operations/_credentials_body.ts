/**
 * What signs in with a password: a name of the account under any of three keys, and the password.
 *
 * @module
 */

import { z } from "zod";

/** Names of an account that may be given. One of them must be. */
const NAMES = ["identifier", "email", "username"] as const;

/** `email` and `username` are other names for `identifier`; the first that is there counts. */
export const credentialsBody = z
  .object({
    identifier: z.string().nullish(),
    email: z.string().nullish(),
    username: z.string().nullish(),
    password: z.string(),
  })
  .refine((body) => NAMES.some((name) => isGiven(body[name])), {
    path: ["identifier"],
    message: "It is missing: a username or an e-mail address is expected",
    // Also beside other fields that are not acceptable, so that all are told at once.
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .meta({
    anyOf: NAMES.map((name) => ({
      required: [name],
      properties: { [name]: { type: "string" } },
    })),
  });

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined;
}
