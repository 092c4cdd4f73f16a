/**
 * Finds the user that an operator names.
 *
 * @module
 */

import type { HasStore } from "../ports.ts";
import type { User, UserId } from "../users/user.ts";

const DIGITS = /^[0-9]{1,15}$/;

/** Finds a user by e-mail address, username or id, in this order where one name could be two. */
export async function findNamedUser(deps: HasStore, name: string): Promise<User | null> {
  if (name.includes("@")) return await deps.store.findUserByEmail(name);
  const byUsername = await deps.store.findUserByUsername(name);
  if (byUsername !== null || !DIGITS.test(name)) return byUsername;
  return await deps.store.findUser(Number(name) as UserId);
}
