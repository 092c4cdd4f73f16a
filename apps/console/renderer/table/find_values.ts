/**
 * Values of fields that only the server knows.
 *
 * @module
 */

import { api, queries } from "../calls/api.ts";
import type { Choice, QueryField } from "../query/query_fields.ts";
import { termText } from "../query/query_text.ts";

/** Most names that are asked for. */
const NAMES_MAX = 6;

/** How long an answer is good for while somebody types, milliseconds. */
const FRESH_MS = 30_000;

/** Finds names of users and providers; nothing where the server cannot be asked. */
export async function findValues(field: QueryField, typed: string): Promise<readonly Choice[]> {
  try {
    if (field === "user" && typed !== "") return await findUsers(typed);
    if (field === "provider") return await findProviders(typed);
  } catch {
    // Completion is a convenience: what the list says of a broken connection is enough.
  }
  return [];
}

async function findUsers(typed: string): Promise<readonly Choice[]> {
  const query = termText({ field: "user", value: typed });
  const { items } = await queries.fetchQuery({
    queryKey: ["users", "names", query],
    queryFn: () => api.users.list.query({ query, limit: NAMES_MAX }),
    staleTime: FRESH_MS,
  });
  return items.map(({ username, email }) => ({ value: username, hint: email }));
}

async function findProviders(typed: string): Promise<readonly Choice[]> {
  const { items } = await queries.fetchQuery({
    queryKey: ["providers", "list"],
    queryFn: () => api.providers.list.query(),
    staleTime: FRESH_MS,
  });
  return items
    .filter(({ id }) => id.includes(typed.toLowerCase()))
    .map(({ id, name }) => ({ value: id, hint: name }));
}
