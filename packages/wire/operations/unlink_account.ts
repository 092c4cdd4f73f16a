/**
 * Taking a linked account away.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Taking a linked account away. */
export const unlinkAccount = defineOperation({
  id: "unlinkAccount",
  method: "DELETE",
  path: "/api/v1/auth/accounts/:id",
  tag: "Providers",
  summary: "Takes one of the caller's linked accounts away, unless it is the last way in",
  access: "user",
  params: z.object({ id: z.string() }),
  answers: { 204: null },
  codes: ["not_found", "last_way_in"],
});
