/**
 * A page of users.
 *
 * @module
 */

import { api } from "../../calls/api.ts";
import type { UserRow } from "../../calls/shapes.ts";
import type { Page } from "../../table/use_list.ts";

/** Asks for it. */
export async function fetchUsers(
  query: string,
  cursor: string | undefined,
): Promise<Page<UserRow>> {
  return await api.users.list.query({ query, ...(cursor === undefined ? {} : { cursor }) });
}
