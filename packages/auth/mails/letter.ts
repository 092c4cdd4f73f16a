/**
 * A mail with its recipient, as one text that can be sealed and stored.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { isMailKind, type Mail } from "./mail.ts";
import type { MailId } from "./ports.ts";

/** A mail and whom it goes to. */
export interface Letter {
  /** One address, as it is stored. */
  readonly to: string;
  readonly mail: Mail;
}

/** Packs a letter. The text holds its link's token: seal it. */
export function packLetter(letter: Letter): string {
  return JSON.stringify(letter);
}

/**
 * Unpacks what `packLetter` made.
 *
 * The text comes out of a seal, so its fields are as they were packed. What may be wrong is its
 * age: a kind of mail that this version does not know.
 */
export function unpackLetter(text: string): Result<Letter, { readonly code: "unknown_letter" }> {
  const letter: unknown = JSON.parse(text);
  return isLetter(letter) ? ok(letter) : err({ code: "unknown_letter" });
}

/** The context that a letter is sealed for: its row. */
export function letterContext(id: MailId): string {
  return `outbox:${id}`;
}

function isLetter(value: unknown): value is Letter {
  if (typeof value !== "object" || value === null) return false;
  if (!("to" in value && "mail" in value) || typeof value.to !== "string") return false;
  const mail: unknown = value.mail;
  return typeof mail === "object" && mail !== null && "kind" in mail && isMailKind(mail.kind);
}
