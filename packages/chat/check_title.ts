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

/** Ends of lines and the like, and signs that turn the direction of what stands beside a title. */
const UNFIT = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** Something to be seen: no spaces, no signs without a width, none of the blanks among letters and symbols. */
const VISIBLE = /[^\p{C}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u;

/** Takes a title without the space around it. Others have it in their lists, so it must show, and only itself. */
export function checkTitle(given: string): Result<string, InvalidFields> {
  const title = given.trim();
  const length = [...title].length;
  if (length === 0 || length > TITLE_MAX_LENGTH || !title.isWellFormed()) {
    return err(invalidField("title", `A title has 1 to ${TITLE_MAX_LENGTH} characters.`));
  }
  if (UNFIT.test(title) || !VISIBLE.test(title)) {
    const detail = "A title is one line of visible characters, without control characters.";
    return err(invalidField("title", detail));
  }
  return ok(title);
}
