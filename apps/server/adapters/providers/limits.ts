/**
 * The numbers of talking to providers.
 *
 * @module
 */

import { days, hours, minutes, seconds } from "@postern/std";

/** Longest a call may take, from looking up the name to the last byte. Somebody is waiting for it. */
export const CALL_MS = seconds(10);

/** Longest it is looked whether a provider is there before somebody is sent to it. */
export const LOOK_MS = seconds(3);

/** How long it is not looked again where it was there: whatever many do, it is asked once a second. */
export const SEEN_MS = seconds(1);

/** Largest answer, bytes. Google's and Microsoft's keys and metadata are under 20 KiB. */
export const ANSWER_MAX_BYTES = 262_144;

/** Most calls to one host at once. */
export const CALLS_PER_HOST = 8;

/** Most calls to one host that wait their turn; more are turned away. */
export const CALLS_WAITING_PER_HOST = 64;

/** Most addresses of a host that are tried, one after another. */
export const ADDRESSES_TRIED = 4;

/** How long metadata and keys are used without asking again. */
export const FRESH_MS = hours(1);

/** How long they are used beyond that while the provider does not answer. */
export const STALE_MS = days(1);

/** Shortest time between two attempts to get anew what is still held. */
export const ASK_AGAIN_MS = minutes(1);

/** Most issuers whose metadata and keys are held. */
export const ISSUERS_HELD = 100;

/** Most keys of an issuer. */
export const KEYS_MAX_COUNT = 100;

/** How far a provider's clock may be from ours. */
export const CLOCK_TOLERANCE_MS = minutes(1);

/** Longest subject, characters. OpenID Connect Core 1.0, section 2. */
export const SUBJECT_MAX_LENGTH = 255;

/** Longest address, characters. RFC 5321, section 4.5.3.1.3, less the angle brackets. */
export const EMAIL_MAX_LENGTH = 254;

/** Longest name or login that is taken, characters. */
export const NAME_MAX_LENGTH = 200;

/** Longest address of a picture, characters. */
export const PICTURE_MAX_LENGTH = 2_048;

/** Longest token that is taken, characters. Microsoft's are the longest known, at some 4,000. */
export const TOKEN_MAX_LENGTH = 16_384;

/** How long a secret that is signed for one call is good for, seconds. Apple takes up to six months. */
export const SIGNED_SECRET_S = minutes(5) / seconds(1);

/** How long before the end of a secret that names its own end a check begins to say so. */
export const SECRET_ENDS_SOON_MS = days(14);

/** Oldest id token that is taken, seconds. It has come straight from the provider, so this only bounds nonsense. */
export const ID_TOKEN_MAX_AGE_S = days(1) / seconds(1);
