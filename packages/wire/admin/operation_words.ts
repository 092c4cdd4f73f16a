/**
 * What the dangerous procedures do, in words for the person who is asked to sign in for one.
 *
 * @module
 */

const WORDS: Readonly<Record<string, string>> = {
  "users.block": "Block a user",
  "users.unblock": "Let a blocked user in again",
  "users.setRole": "Change what a user may do here",
  "users.delete": "Delete a user",
  "sessions.endMatching": "End all sessions that match",
  "sessions.startEnding": "End all sessions that match",
  "providers.create": "Add a provider that people sign in with",
  "providers.replaceSecret": "Replace a provider's secret",
  "providers.delete": "Take a provider away",
  "secrets.schedule": "Change when a key ring is rotated by itself",
  "secrets.rotate": "Rotate a key ring",
  "secrets.compromise": "Drop a key, and end what it signed",
};

/** Words for a procedure by its path; one that is not known is named as it is. */
export function operationWords(path: string): string {
  return WORDS[path] ?? `Call ${path}`;
}
