/**
 * Takes the styles out of a mail's HTML, before a parser sees them.
 *
 * Chromium holds even a document that is only parsed to the page's policy, and reports each inline
 * style (measured). The mails are Postern's own, so that plain patterns are enough.
 *
 * @module
 */

/** Name of the attribute that waits in the place of `style`. */
export const LIFTED_ATTRIBUTE = "data-lifted-style";

/** A mail without styles, and its sheets. */
export interface LiftedMail {
  readonly html: string;
  readonly sheets: readonly string[];
}

const SHEET = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;
const STYLED_TAG = /(<[a-z][^<>]*?\s)style=/gi;

/** Lifts the styles. */
export function liftStyles(html: string): LiftedMail {
  const sheets = [...html.matchAll(SHEET)].map((match) => match[1] ?? "");
  return {
    html: html.replaceAll(SHEET, "").replaceAll(STYLED_TAG, `$1${LIFTED_ATTRIBUTE}=`),
    sheets,
  };
}
