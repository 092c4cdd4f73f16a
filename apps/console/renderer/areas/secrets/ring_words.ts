/**
 * What the key rings are for, and how states of keys are meant.
 *
 * @module
 */

import type { KeyRow } from "../../calls/shapes.ts";
import type { Tone } from "../../parts/tag.tsx";

/** A ring that can be rotated. */
export type RingName = "signing" | "cookies" | "secrets";

/** What a ring is called, and what its keys do. */
export const RINGS: Readonly<Record<RingName, { readonly title: string; readonly about: string }>> =
  {
    signing: {
      title: "Signing",
      about: "Signs the access tokens. Whoever has the key can be anybody.",
    },
    cookies: {
      title: "Cookies",
      about: "Guards forms against other sites. Whoever has the key can forge that guard.",
    },
    secrets: {
      title: "Stored secrets",
      about: "Encrypts what providers gave: client secrets and tokens of users.",
    },
  };

/** What a state means. */
export const KEY_STATES: Readonly<
  Record<KeyRow["state"], { readonly tone: Tone; readonly about: string }>
> = {
  next: { tone: "plain", about: "published, and not used yet" },
  current: { tone: "good", about: "in use" },
  previous: { tone: "warning", about: "still accepted, no longer used" },
  retired: { tone: "plain", about: "accepted no longer" },
};

/** The ring of a name; undefined for one that this console does not know. */
export function ringOf(name: string): RingName | undefined {
  return name in RINGS ? (name as RingName) : undefined;
}

/** How much hangs on a key, all counted together. */
export function hangingOn({ dependants }: Pick<KeyRow, "dependants">): number {
  return dependants.sessions + dependants.tokens + dependants.secrets;
}

/** Says what still hangs on a key. */
export function dependantWords({ sessions, tokens, secrets }: KeyRow["dependants"]): string {
  const parts = [
    countWords(sessions, "session"),
    countWords(tokens, "token"),
    countWords(secrets, "secret"),
  ].filter((text) => text !== null);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

/** A count with its noun; null for none. */
function countWords(count: number, noun: string): string | null {
  if (count === 0) return null;
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
