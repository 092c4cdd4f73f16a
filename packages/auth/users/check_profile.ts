/**
 * What a person's name and picture may be.
 *
 * @module
 */

import { err, fitsNfc, ok, type Result, toNfc } from "@postern/std";
import type { FieldProblem } from "./field_problem.ts";

const NAME_MAX_LENGTH = 200;
const NAME_TOO_LONG = "It is longer than 200 characters";
const PICTURE_MAX_LENGTH = 2_048;

/** Control characters, and marks that turn the direction of what follows: they make a name read as another. */
const HIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * Reads a name.
 *
 * @returns It in NFC without surrounding space, or null where nothing is left.
 */
export function checkName(given: string | null | undefined): Result<string | null, FieldProblem> {
  if (given === null || given === undefined) return ok(null);
  if (!fitsNfc(given, NAME_MAX_LENGTH)) return refuse("name", NAME_TOO_LONG);
  if (!given.isWellFormed() || HIDDEN.test(given)) {
    return refuse("name", "It has characters that cannot be shown");
  }
  const name = toNfc(given, NAME_MAX_LENGTH).trim();
  if ([...name].length > NAME_MAX_LENGTH) return refuse("name", NAME_TOO_LONG);
  return ok(name === "" ? null : name);
}

/** Reads a picture's address: https, or null for none. */
export function checkPicture(given: string | null): Result<string | null, FieldProblem> {
  if (given === null || given === "") return ok(null);
  if (given.length > PICTURE_MAX_LENGTH) {
    return refuse("picture", "It is longer than 2048 characters");
  }
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") {
    return refuse("picture", "Give an address that begins with https:// and names no user");
  }
  return ok(url.href);
}

function refuse(path: string, detail: string) {
  return err({ path, code: "invalid_request", detail } satisfies FieldProblem);
}
