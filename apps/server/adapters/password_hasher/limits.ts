/**
 * What a hash costs, how much of it may wait, and what a stored hash may ask for.
 *
 * Our own parameters are here and nowhere else. Every one that is written down in a stored hash
 * bounds the time and the memory that a sign-in takes, so each has a ceiling: a database that was
 * tampered with must not be able to hang the workers. The ceilings leave room above what Django
 * has ever used by default.
 *
 * @module
 */

import { seconds } from "@postern/std";

/** Memory of one computation. OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB with two passes. */
export const ARGON2_MEMORY_KIB = 19_456;

/** Passes over that memory. */
export const ARGON2_PASSES = 2;

/** Lanes: one, since many sign-ins at once use many cores anyway. */
export const ARGON2_LANES = 1;

/** Length of a salt. RFC 9106, section 3.1. */
export const ARGON2_SALT_BYTES = 16;

/** Length of what is stored of a hash. */
export const ARGON2_DIGEST_BYTES = 32;

/**
 * Longest password that a hash of ours can be of, code points, as the rules for passwords have it.
 * A longer one is not brought into NFC. Stated again: the rules are more than a thread should load.
 */
export const PASSWORD_MAX_CODE_POINTS = 256;

/** Longest stored string that is read. Django's column holds 128 characters. */
export const STORED_MAX_CHARS = 512;

/** Most memory that a stored Argon2 hash may ask for. Django asks for 100 MiB. */
export const STORED_ARGON2_MAX_KIB = 262_144;

/** Most memory times passes of a stored Argon2 hash: about half a second. */
export const STORED_ARGON2_MAX_KIB_PASSES = 1_048_576;

/** Most lanes of a stored Argon2 hash. Django has 8. */
export const STORED_ARGON2_MAX_LANES = 16;

/** Most iterations of a stored PBKDF2 hash: half a second to two. Django 5.2 has 1,000,000. */
export const STORED_PBKDF2_MAX_ITERATIONS = 5_000_000;

/** Highest cost of a stored bcrypt hash, which doubles with each: two seconds. Django has 12. */
export const STORED_BCRYPT_MAX_COST = 15;

/** Most memory of a stored scrypt hash, 128 bytes times N times r. Django asks for 16 MiB. */
export const STORED_SCRYPT_MAX_BYTES = 134_217_728;

/** Most N times r times p of a stored scrypt hash: about a second. Django 5.1 has 655,360. */
export const STORED_SCRYPT_MAX_WORK = 4_194_304;

/**
 * Longest that a password waits in line before its turn. A person waits that long; a line much
 * longer would be hashing for callers who have left, and still be there when a stop has to drain
 * within ten seconds. On two cores it holds about 400.
 */
export const LINE_MAX_MS = seconds(3);

/** Shortest time after which a caller that was turned away should come back. */
export const RETRY_AFTER_MIN_MS = seconds(1);

/** How much lower than the event loop's the workers' scheduling priority is. */
export const WORKER_NICENESS = 10;

/** Longest that a refusal is held back to hide what kind of hash was verified. */
export const REFUSAL_FLOOR_MAX_MS = seconds(5);
