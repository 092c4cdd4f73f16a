/**
 * What a password may be, in numbers.
 *
 * The shortest length is not here: it is the operator's to set, and comes with the rules.
 *
 * @module
 */

/** Fewest code points of an administrator's password, where there is no second factor. */
export const ADMIN_PASSWORD_MIN_LENGTH = 15;

/** Most code points of a password. NIST SP 800-63B-4, 3.1.1.2 asks for 64 or more. */
export const PASSWORD_MAX_CODE_POINTS = 256;

/**
 * From this share of common characters in common order on, a password is close to a text: twice
 * the common ones over the length of both. Django's UserAttributeSimilarityValidator has the same.
 */
export const SIMILAR_FROM_RATIO = 0.7;

/** Shortest part of a username, an email or a name that is looked for inside a password. */
export const ATTRIBUTE_PART_MIN_CODE_POINTS = 3;

/** From this share of a password on, parts of a username, an email or a name are most of it. */
export const ATTRIBUTE_SHARE = 0.5;
