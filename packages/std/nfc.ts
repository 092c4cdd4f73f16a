/**
 * Unicode's Normalization Form C of texts that strangers wrote.
 *
 * Marks in a row are put in order at a cost that grows with the square of their number: 64 KiB of
 * them take ten seconds (measured). So a text that is too long in any form is not normalised.
 *
 * @see UAX #15 (Unicode Normalization Forms)
 * @module
 */

/** Most UTF-16 units that a code point of NFC unfolds to. Tried for all of Unicode 16. */
const UNITS_PER_CODE_POINT = 6;

/**
 * Tells whether a text can have at most so many code points in NFC, by its length alone. Where it
 * cannot, there is no use in normalising it.
 */
export function fitsNfc(text: string, maxCodePoints: number): boolean {
  return text.length <= UNITS_PER_CODE_POINT * maxCodePoints;
}

/** Brings a text into NFC, if it can have at most so many code points then; else it stays as it is, which has more. */
export function toNfc(text: string, maxCodePoints: number): string {
  return fitsNfc(text, maxCodePoints) ? text.normalize("NFC") : text;
}
