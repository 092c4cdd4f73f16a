/**
 * What a username may be.
 *
 * Names that could pass for the operator or for a page are kept back.
 *
 * @see RFC 2142 (mailbox names for common services, roles and functions)
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { FieldProblem } from "./field_problem.ts";

/** Of ASCII alone: without the flag `u`, no other letter counts as one of these in another case. */
const SHAPE = /^[a-z0-9][a-z0-9._-]{1,28}[a-z0-9]$/i;

const RESERVED: ReadonlySet<string> = new Set(
  (
    "abuse account accounts admin administrator api auth console dashboard docs everyone ftp help " +
    "hostmaster info login logout mail me moderator nobody noc null oauth official operator owner " +
    "postern postmaster root security settings setup signup staff support sysadmin system " +
    "undefined usenet user users uucp webmaster www"
  ).split(" "),
);

/**
 * Reads a username.
 *
 * @returns It in lower case, the form in which it is compared and stored.
 */
export function checkUsername(given: string): Result<string, FieldProblem> {
  if (!SHAPE.test(given)) {
    return err({
      path: "username",
      code: "username_invalid",
      detail:
        "Use 3 to 30 of the letters a to z, digits, dot, underscore and hyphen, beginning and ending with a letter or digit",
    });
  }
  const username = given.toLowerCase();
  if (RESERVED.has(username)) {
    return err({
      path: "username",
      code: "username_invalid",
      detail: "This username is reserved; choose another",
    });
  }
  return ok(username);
}
