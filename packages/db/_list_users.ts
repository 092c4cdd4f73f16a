/**
 * Lists of users, with or without words to search for.
 *
 * Words of three characters or more are found through `users_search`, an index of all such parts of
 * username, address and name; shorter ones beside them do not count. Where all are shorter, the first
 * is the beginning of a username.
 *
 * @see https://www.sqlite.org/fts5.html, section 4.3.4 (the trigram tokenizer)
 * @module
 */

import type { AuthReads, Page, PageRequest, User, UserId } from "@postern/auth";
import type { Cell } from "./_json_rows.ts";
import { NO_PAGE, pageOf, readCursor, rowsFor } from "./_page.ts";
import { column, type Runner } from "./_rows.ts";
import { USERS, userOf } from "./_user_row.ts";

/** Shortest part that the index holds, characters. */
const INDEXED_LENGTH = 3;

/** Most words of a query that count. */
const WORDS_MAX = 8;

const ALL = `SELECT ${USERS.json} FROM users WHERE id < ? ORDER BY id DESC LIMIT ?`;
const BY_ID = `SELECT ${USERS.json} FROM users WHERE id = ? AND id < ?`;
const BY_START = `
  SELECT ${USERS.json} FROM users
  WHERE username >= ? AND username < ? AND id < ? ORDER BY id DESC LIMIT ?
`;
const BY_PARTS = `
  SELECT ${USERS.jsonOf("u")} FROM users_search s CROSS JOIN users u ON u.id = s.rowid
  WHERE s.users_search MATCH ? AND s.rowid < ?
  ORDER BY s.rowid DESC LIMIT ?
`;

/** Sorts after every character of a username. */
const AFTER_ALL = "\u{10ffff}";

/** Listing users. */
export function userLists(runner: Runner): Pick<AuthReads, "listUsers"> {
  return { listUsers: (query, page) => list(runner, query?.trim() ?? "", page) };
}

async function list(runner: Runner, query: string, page: PageRequest): Promise<Page<User>> {
  const cursor = readCursor(page, [Number.MAX_SAFE_INTEGER]);
  if (cursor === undefined) return NO_PAGE;
  const [before] = cursor;
  const found = new Map<UserId, User>();
  for (const [sql, args] of statements(query, { before, rows: rowsFor(page) })) {
    for (const row of await column(runner, sql, args)) {
      const user = userOf(USERS.read(row));
      found.set(user.id, user);
    }
  }
  const users = [...found.values()].sort((a, b) => b.id - a.id);
  return pageOf(users, page, (user) => [user.id]);
}

/** A number may be an id, and is a word too. */
function statements(
  query: string,
  within: { readonly before: number; readonly rows: number },
): readonly (readonly [sql: string, args: readonly Cell[]])[] {
  const { before, rows } = within;
  if (query === "") return [[ALL, [before, rows]]];
  const words = query.toLowerCase().split(/\s+/).slice(0, WORDS_MAX);
  const parts = words.filter((word) => [...word].length >= INDEXED_LENGTH);
  const [start = ""] = words;
  const byWords: readonly [string, readonly Cell[]] =
    parts.length === 0
      ? [BY_START, [start, `${start}${AFTER_ALL}`, before, rows]]
      : [BY_PARTS, [parts.map(quoted).join(" "), before, rows]];
  return /^[1-9][0-9]{0,14}$/.test(query) ? [[BY_ID, [Number(query), before]], byWords] : [byWords];
}

/** As one text, whatever is in it: what stands in quotes is no operator. */
function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}
