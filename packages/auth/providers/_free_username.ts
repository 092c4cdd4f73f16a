/**
 * A username for somebody who was not asked for one.
 *
 * @module
 */

import type { HasRandom } from "../ports.ts";
import type { AuthReads } from "../store.ts";
import { checkUsername } from "../users/check_username.ts";

/** Characters that a made name keeps of the wish, so that digits fit behind it. */
const STEM_LENGTH = 22;

/** Makes a username that is free, near to the first of the wishes that can be one. */
export async function freeUsername(
  deps: HasRandom,
  reads: Pick<AuthReads, "findUserByUsername">,
  wishes: readonly (string | null)[],
): Promise<string> {
  const stems = wishes.map(stemOf).filter((stem) => stem !== null);
  for (const stem of stems) {
    const checked = checkUsername(stem);
    if (checked.ok && (await reads.findUserByUsername(checked.value)) === null)
      return checked.value;
  }
  while (true) {
    const digits = [...deps.random.bytes(6)].map((byte) => byte % 10).join("");
    const name = `${(stems[0] ?? "user").slice(0, STEM_LENGTH)}-${digits}`;
    if ((await reads.findUserByUsername(name)) === null) return name;
  }
}

/** What of a wish can stand in a username, in lower case. */
function stemOf(wish: string | null): string | null {
  const stem = (wish ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .slice(0, STEM_LENGTH)
    .replaceAll(/^[._-]+|[._-]+$/g, "");
  return stem === "" ? null : stem;
}
