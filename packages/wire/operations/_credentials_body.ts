/**
 * What signs in with a password: a name of the account under any of three keys, and the password.
 *
 * @module
 */

import { z } from "zod";

/** `email` and `username` are other names for `identifier`; the first that is there counts. */
export const credentialsBody = z.object({
  identifier: z.string().nullish(),
  email: z.string().nullish(),
  username: z.string().nullish(),
  password: z.string(),
});
