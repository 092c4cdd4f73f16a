/**
 * What needs somebody.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import type { Summary } from "../../calls/shapes.ts";
import { type Address, addressText, placeOf } from "../../route/address.ts";

type Attention = Summary["attention"][number];

/** Where something about it can be done, and in which words it is offered. */
const WAYS: Readonly<Record<string, { readonly words: string; readonly place: Address }>> = {
  provider_failing: { words: "Look at the provider", place: placeOf("providers") },
  key_old: { words: "Rotate it", place: placeOf("secrets") },
  many_failures: {
    words: "See the refusals",
    place: placeOf("audit", "action:failed_login since:1h"),
  },
};

/** Draws it, first of all things: calm where nothing does. */
export function Needs({ summary }: { readonly summary: Summary }) {
  const { attention } = summary;
  if (attention.length === 0) {
    return (
      <p className="co-calm">
        <Icon name="check" size={18} />
        <span>
          <strong>All is well.</strong> Nothing needs you.
        </span>
      </p>
    );
  }
  return (
    <section className="co-needs" aria-label="What needs you">
      <ul>
        {attention.map((one) => (
          <Need key={`${one.code} ${one.subject}`} attention={one} />
        ))}
      </ul>
    </section>
  );
}

function Need({
  attention: { code, urgency, subject, detail },
}: {
  readonly attention: Attention;
}) {
  const way = WAYS[code];
  return (
    <li data-tone={urgency === "now" ? "bad" : "warning"}>
      <Icon name={urgency === "now" ? "alert" : "clock"} size={18} />
      <span>
        <strong>{wordsOf(code, subject)}</strong> {detail}
      </span>
      {way === undefined ? null : (
        <a className="pt-link" href={addressText(way.place)}>
          {way.words}
        </a>
      )}
    </li>
  );
}

function wordsOf(code: string, subject: string): string {
  switch (code) {
    case "many_failures":
      return "Somebody may be trying passwords.";
    case "provider_failing":
      return `The provider ${subject} fails.`;
    case "clock_off":
      return "The clock is off.";
    case "key_old":
      return `The key ${subject} is old.`;
    case "unhealthy":
      return `The check ${subject} fails.`;
    default:
      return subject;
  }
}
