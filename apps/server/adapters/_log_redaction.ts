/**
 * What never stands in a log line: names whose values are left out, and forms of values that are
 * left out under any name.
 *
 * Leaves out too much rather than too little. Ids that open nothing (UUIDs) stay legible.
 *
 * @see OWASP Logging Cheat Sheet, data to exclude
 * @module
 */

import type { FieldPatterns, RedactionPattern } from "@logtape/redaction";

/** Stands for what was left out. */
const REDACTED = "[redacted]";

/** Shortest run of base64url that may be a secret, characters: 160 bits take 27. */
const SECRET_MIN_LENGTH = 27;

/** Names that end like this hold measures, such as `hash_ms` and `token_count`. */
const MEASURE = "(?!.*_(?:ms|count|bytes|seconds|total)$)";

/** Names of codes that say what happened, and open nothing. */
const PUBLIC_CODE = "(?!(?:.*_)?(?:error|status|exit|close|problem|response)_?[cC]ode$)";

/** Names whose values are left out. */
export const SECRET_FIELDS: FieldPatterns = [
  new RegExp(
    `^${MEASURE}.*(?:pass(?:wd|word|phrase|code)|secret|token|credential|authori[sz]ation|cookie|ticket|otp|jwt|bearer|private|signature|salt|sealed|verifier)`,
    "i",
  ),
  // Short words, only where they stand alone: `api_key` and `keyHash`, but not `keyboard` or `key_id`.
  new RegExp(
    `^${MEASURE}${PUBLIC_CODE}(?:.*(?:[^A-Za-z]|[a-z0-9](?=[A-Z])))?(?:[cC]ode|[kK]ey|[hH]ash|[pP]in|[sS]eed)(?:e?s)?(?![a-z]|_?[iI]d$)`,
  ),
  /^(?:.*[^A-Za-z])?(?:CODE|KEY|HASH|PIN|SEED)S?(?![A-Z])/,
  /^(?:__(?:Host|Secure)-)?sessionid$/i,
];

/** Says that a value is left out. What says nothing stays: nothing at all, and yes or no. */
export function redactValue(value: unknown): unknown {
  return value === null || value === "" || typeof value === "boolean" ? value : REDACTED;
}

const SECRET_NAME =
  "[\\w.-]{0,40}(?:token|ticket|code|state|secret|pass|session|cookie|verifier|nonce|signature|key|hash|otp)[\\w.-]{0,40}";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `list_of_words`, `LIST_OF_WORDS` or `list-of-words`. By chance a secret looks so once in 10^12. */
const WORDS = /^(?:[a-z]{1,16}(?:[_-][a-z]{1,16})+|[A-Z]{1,16}(?:_[A-Z]{1,16})+)$/;

/** Forms of values that are left out under any name. Each takes time in line with the text's length. */
export const SECRET_PATTERNS: readonly RedactionPattern[] = [
  // User and password in a URL, then its fragment.
  { pattern: /(?<=[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"'<>]{1,500}@/gi, replacement: `${REDACTED}@` },
  { pattern: /(?<=:\/\/[^\s"'<>#]{0,2000}#)[^\s"'<>]+/g, replacement: REDACTED },
  // Password hashes: PHC and crypt strings, and Django's.
  {
    pattern: /\$(?:argon2(?:id|i|d)|2[abxy]|scrypt|pbkdf2[\w-]{0,20}|[156y])\$[^\s"']+/g,
    replacement: REDACTED,
  },
  {
    pattern: /\b(?:pbkdf2_sha\d+|argon2|bcrypt(?:_sha256)?|scrypt|md5|sha1)\$[^\s"']+/g,
    replacement: REDACTED,
  },
  // `name=value` in queries, forms and cookies, also with an escaped `=`, and `"name":"value"` in JSON.
  {
    pattern: new RegExp(`(?<![\\w.-])(${SECRET_NAME})(=|%3D)[^\\s&;,"'<>]+`, "gi"),
    replacement: `$1$2${REDACTED}`,
  },
  {
    pattern: new RegExp(`"(${SECRET_NAME})"\\s*:\\s*"(?:[^"\\\\]|\\\\.)*"`, "gi"),
    replacement: `"$1":"${REDACTED}"`,
  },
  { pattern: /\b(Bearer|DPoP)\s+[\w.~+/=-]+/gi, replacement: `$1 ${REDACTED}` },
  { pattern: /\b(Basic)\s+[\w.~+/=-]{8,}/gi, replacement: `$1 ${REDACTED}` },
  // Tokens, our API keys, and whatever is long and looks random.
  { pattern: /\beyJ[\w-]+(?:\.[\w-]*){1,4}/g, replacement: REDACTED },
  { pattern: /\bpk_[\w-]{8,}/g, replacement: REDACTED },
  {
    pattern: new RegExp(`[A-Za-z0-9_-]{${SECRET_MIN_LENGTH},}`, "g"),
    replacement: (run: string) => (UUID.test(run) || WORDS.test(run) ? run : REDACTED),
  },
];
