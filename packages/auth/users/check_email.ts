/**
 * What an e-mail address may be: a plain one, that every mail server understands.
 *
 * @see RFC 5321, section 4.5.3.1 (lengths); RFC 5322, section 3.2.3 (dot-atom)
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { FieldProblem } from "./field_problem.ts";

/** Longest address, characters. RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const ADDRESS_MAX_LENGTH = 254;

/** Longest local part, characters. RFC 5321, section 4.5.3.1.1. */
const LOCAL_MAX_LENGTH = 64;

const ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const DIGITS = /^[0-9]+$/;

/** Reads an address. It is kept as given. */
export function checkEmail(given: string): Result<string, FieldProblem> {
  if (given.length > ADDRESS_MAX_LENGTH) return refuse("It is longer than 254 characters");
  const [local, domain, ...rest] = given.split("@");
  if (local === undefined || domain === undefined || rest.length > 0) {
    return refuse("Write it as name@example.com, with one @");
  }
  if (local.length > LOCAL_MAX_LENGTH) {
    return refuse("The part before the @ is longer than 64 characters");
  }
  if (!local.split(".").every((atom) => ATOM.test(atom))) {
    return refuse("The part before the @ has characters that are not accepted");
  }
  const labels = domain.split(".");
  const top = labels.at(-1) ?? "";
  if (labels.length < 2 || DIGITS.test(top) || !labels.every((label) => LABEL.test(label))) {
    return refuse(
      "The part after the @ is not a domain; an internationalized one goes in its ASCII form, xn--…",
    );
  }
  return ok(given);
}

/** The form in which addresses are compared. */
export function emailKey(email: string): string {
  return email.toLowerCase();
}

function refuse(detail: string) {
  return err({ path: "email", code: "email_invalid", detail } satisfies FieldProblem);
}
