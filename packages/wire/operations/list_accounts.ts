/**
 * One's linked accounts.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";
import { account } from "../shapes/account.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";

/** One's linked accounts. */
export const listAccounts = defineOperation({
  id: "listAccounts",
  method: "GET",
  path: "/api/v1/auth/accounts",
  tag: "Providers",
  summary: "Lists the caller's linked provider accounts, newest first",
  access: "user",
  query: pageQuery,
  answers: { 200: pageOf(account) },
  codes: [],
});
