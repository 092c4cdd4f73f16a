/**
 * How long things live. Each number with its unit in the name, and where it comes from.
 *
 * @module
 */

import { days, hours, minutes, seconds } from "@postern/std";

/** Longest time an access token is good for. Short, since others verify it without asking us. RFC 9700, section 2.2. */
export const ACCESS_TOKEN_MS = minutes(15);

/** Longest time a refresh token waits to be used. */
export const REFRESH_TOKEN_MS = days(7);

/** How long a spent refresh token is answered with its successor once more: two tabs, or a lost answer. */
export const REFRESH_REPLAY_MS = seconds(10);

/** Longest time a session may rest. */
export const SESSION_IDLE_MS = days(14);

/** Longest time a session and its token family live in all. */
export const SESSION_ABSOLUTE_MS = days(30);

/** Longest time an administrator's session may rest. NIST SP 800-63B-4, section 2.2.3. */
export const ADMIN_SESSION_IDLE_MS = hours(1);

/** Longest time an administrator's session lives in all. */
export const ADMIN_SESSION_ABSOLUTE_MS = hours(12);

/** How old a sign-in may be where a recent one is asked for. */
export const RECENT_SIGN_IN_MS = minutes(5);

/** How long a verification link works. */
export const VERIFY_LINK_MS = hours(24);

/** How long a signup waits for its address to be proven. */
export const SIGNUP_MS = days(7);

/** How long a link that sets a new password works. OWASP Forgot Password Cheat Sheet: short. */
export const RESET_LINK_MS = minutes(30);

/** How long a console's code works. RFC 6749, section 4.1.2: ten minutes at most. */
export const OAUTH_CODE_MS = seconds(60);

/** How long a link that makes an owner works. */
export const SETUP_LINK_MS = hours(1);

/** How long an invitation can be accepted. */
export const INVITATION_MS = days(7);

/** How long an old address can take an account back. */
export const UNDO_LINK_MS = days(7);

/** How long a visit to a provider may take. */
export const FLOW_MS = minutes(10);

/** How long before it runs out a provider's access token is refreshed for whoever asks for it. */
export const PROVIDER_TOKEN_AHEAD_MS = minutes(2);

/**
 * How long before it runs out it is refreshed by itself, at the latest; up to as long again before that, by
 * chance, so that what was given at once is not asked for at once. Of one that lives shortly, a quarter.
 */
export const PROVIDER_TOKEN_REFRESH_AHEAD_MS = minutes(5);

/** Shortest time between two attempts to refresh a token by itself. It doubles while they fail. */
export const PROVIDER_TOKEN_RETRY_MIN_MS = minutes(1);

/** Longest time between two attempts. */
export const PROVIDER_TOKEN_RETRY_MAX_MS = hours(1);

/** How long after it ran out a token is not tried any more, but for whoever asks for it. */
export const PROVIDER_TOKEN_GIVE_UP_MS = days(7);

/**
 * How long one instance may take to refresh a provider's token before another tries: longer than the
 * three calls that it may take (discovery, and each of two secrets), ten seconds each. A refresh token
 * that comes twice looks stolen to a provider that rotates them.
 */
export const TOKEN_REFRESH_CLAIM_MS = seconds(35);

/** How long rows of ended sessions are kept, so that their cookies are told `session_ended`. */
export const ENDED_SESSION_KEPT_MS = days(30);

/** Shortest time that sign-in, signup and forgotten passwords take, so that time tells nothing. */
export const GUARDED_ANSWER_MS = 100;
