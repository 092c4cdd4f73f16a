/**
 * What needs somebody.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import type { Summary } from "../../calls/shapes.ts";
import { addressText, placeOf } from "../../route/address.ts";
import type { AreaId } from "../../route/area_list.ts";
import { looksLikeAttack } from "./recent_events.ts";
import { useRecentEvents } from "./use_home.ts";

type Attention = Summary["attention"][number];

const PLACES: Readonly<Record<string, { readonly area: AreaId; readonly words: string }>> = {
  provider_failing: { area: "providers", words: "Look at the provider" },
  key_old: { area: "secrets", words: "Rotate it" },
};

/** Draws it, first of all things: calm where nothing does. */
export function Needs({ summary }: { readonly summary: Summary }) {
  const { data: recent } = useRecentEvents();
  const isAttacked = recent !== undefined && looksLikeAttack(recent.events);
  const { attention } = summary;
  if (attention.length === 0 && !isAttacked) {
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
      <h2 className="pt-hidden">What needs you</h2>
      <ul>
        {isAttacked ? (
          <li data-tone="bad">
            <Icon name="alert" size={18} />
            <span>
              <strong>Somebody may be trying passwords.</strong> Far more sign-ins were refused in
              the last hour than people mistype.
            </span>
            <button type="button" className="co-link" onClick={showAttack}>
              See from where
            </button>
          </li>
        ) : null}
        {attention.map((one) => (
          <Need key={`${one.code} ${one.subject}`} attention={one} />
        ))}
      </ul>
    </section>
  );
}

function Need({ attention }: { readonly attention: Attention }) {
  const place = PLACES[attention.code];
  return (
    <li data-tone="warning">
      <Icon name="alert" size={18} />
      <span>
        <strong>{attention.subject}</strong> {attention.detail}
      </span>
      {place === undefined ? null : (
        <a className="pt-link" href={addressText(placeOf(place.area))}>
          {place.words}
        </a>
      )}
    </li>
  );
}

function showAttack(): void {
  const target = document.getElementById("attack");
  target?.scrollIntoView({ block: "start" });
  target?.focus();
}
