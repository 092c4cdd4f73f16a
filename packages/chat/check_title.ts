/**
 * What a conversation may be called.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { TITLE_MAX_LENGTH } from "./limits.ts";

/** What is wrong with fields. */
export interface InvalidFields {
  readonly code: "invalid_request";
  readonly errors: readonly {
    readonly path: string;
    readonly code: "invalid_request";
    readonly detail: string;
  }[];
}

/** Refuses one field. */
export function invalidField(path: string, detail: string): InvalidFields {
  return { code: "invalid_request", errors: [{ path, code: "invalid_request", detail }] };
}

/** Takes a title without the space around it. */
export function checkTitle(given: string): Result<string, InvalidFields> {
  const title = given.trim();
  const isFine = title !== "" && title.isWellFormed() && [...title].length <= TITLE_MAX_LENGTH;
  if (isFine) return ok(title);
  return err(invalidField("title", `A title has 1 to ${TITLE_MAX_LENGTH} characters.`));
}
