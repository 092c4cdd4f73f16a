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
import { NO_PAGE, pageOf, readCursor, rowsFor } from "./_page.ts";
import { column, type Runner } from "./_rows.ts";
import { USERS, userOf } from "./_user_row.ts";

/** Shortest part that the index holds, characters. */
const INDEXED_LENGTH = 3;

/** Most words of a query that count. */
const WORDS_MAX = 8;

/** How many of the newest users are looked at before an index is. */
const NEWEST = 2_000;

const ALL = `SELECT ${USERS.json} FROM users WHERE id < ? ORDER BY id DESC LIMIT ?`;
const BY_ID = `SELECT ${USERS.json} FROM users WHERE id = ? AND id < ?`;

/** Among the newest. Where many usernames begin so, a page is full here. */
const BY_START_NEWEST = `
  SELECT ${USERS.json} FROM (SELECT * FROM users WHERE id < ? ORDER BY id DESC LIMIT ${NEWEST})
  WHERE username >= ? AND username < ? ORDER BY id DESC LIMIT ?
`;

/** Among all, by the index of usernames. Where few begin so, few ids are sorted. */
const BY_START = `
  SELECT ${USERS.json} FROM users WHERE id IN (
    SELECT id FROM users WHERE id < ? AND username >= ? AND username < ? ORDER BY id DESC LIMIT ?
  )
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

interface Search {
  readonly query: string;
  /** Ids below this. */
  readonly before: number;
  readonly rows: number;
}

async function list(runner: Runner, query: string, page: PageRequest): Promise<Page<User>> {
  const cursor = readCursor(page, [Number.MAX_SAFE_INTEGER]);
  if (cursor === undefined) return NO_PAGE;
  const search = { query, before: cursor[0], rows: rowsFor(page) };
  const found = new Map<UserId, User>();
  for (const row of [...(await findById(runner, search)), ...(await findByWords(runner, search))]) {
    const user = userOf(USERS.read(row));
    found.set(user.id, user);
  }
  const users = [...found.values()].sort((a, b) => b.id - a.id);
  return pageOf(users, page, (user) => [user.id]);
}

/** A number may be an id; it is a word too. */
async function findById(runner: Runner, search: Search): Promise<readonly unknown[]> {
  if (!/^[1-9][0-9]{0,14}$/.test(search.query)) return [];
  return await column(runner, BY_ID, [Number(search.query), search.before]);
}

async function findByWords(runner: Runner, search: Search): Promise<readonly unknown[]> {
  const { query, before, rows } = search;
  if (query === "") return await column(runner, ALL, [before, rows]);
  const words = query.toLowerCase().split(/\s+/).slice(0, WORDS_MAX);
  const parts = words.filter((word) => [...word].length >= INDEXED_LENGTH);
  if (parts.length > 0) {
    return await column(runner, BY_PARTS, [parts.map(quoted).join(" "), before, rows]);
  }
  const [start = ""] = words;
  const args = [before, start, `${start}${AFTER_ALL}`, rows];
  const newest = await column(runner, BY_START_NEWEST, args);
  return newest.length === rows ? newest : await column(runner, BY_START, args);
}

/** As one text, whatever is in it: what stands in quotes is no operator. */
function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}
