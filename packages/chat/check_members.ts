/**
 * Finding users by the names that somebody gave.
 *
 * @module
 */

import type { UserId } from "@postern/auth";
import { err, ok, type Result } from "@postern/std";
import type { ChatStore } from "./chat_store.ts";
import { type InvalidFields, invalidField } from "./check_title.ts";
import { MEMBERS_MAX } from "./limits.ts";

/** Most unknown names that a refusal repeats. */
const TOLD_MAX = 10;

/** Longest unknown name that a refusal repeats, characters. */
const TOLD_LENGTH = 30;

/** Finds all of them, or tells whom there is not. Usernames are public. */
export async function checkMembers(
  store: Pick<ChatStore, "findMembers">,
  usernames: readonly string[],
): Promise<Result<readonly UserId[], InvalidFields>> {
  if (usernames.length > MEMBERS_MAX) return err(tooManyMembers());
  const found = await store.findMembers(usernames);
  const known = new Set(found.map((member) => member.username));
  const unknown = usernames.filter((name) => !known.has(name.toLowerCase()));
  if (unknown.length === 0) return ok(found.map((member) => member.id));
  const told = unknown.slice(0, TOLD_MAX).map((name) => name.slice(0, TOLD_LENGTH).toWellFormed());
  return err(invalidField("members", `There is no user named ${told.join(", ")}.`));
}

/** A conversation would have too many members. */
export function tooManyMembers(): InvalidFields {
  return invalidField("members", `A conversation has at most ${MEMBERS_MAX} members.`);
}
