/**
 * What happened to the key rings, the newest first.
 *
 * @module
 */

import { useQueries } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import type { EventRow } from "../../calls/shapes.ts";
import { Section } from "../../parts/section.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { addressText, placeOf } from "../../route/address.ts";
import { ActionName } from "../audit/action_name.tsx";
import { actorWords } from "../audit/actor_words.ts";
import { ROTATION_ACTIONS, rotationWords } from "./rotation_words.ts";

/** How many are shown. */
const SHOWN = 10;

/** How often they are looked for, milliseconds: the server rotates and retires by itself, too. */
const LOOK_MS = 10_000;

/** Draws it. */
export function RotationHistory() {
  const asked = useQueries({
    queries: ROTATION_ACTIONS.map((action) => ({
      queryKey: ["audit", "rotations", action],
      queryFn: () => api.audit.list.query({ query: `action:${action}`, limit: SHOWN }),
      refetchInterval: LOOK_MS,
    })),
  });
  const events = asked
    .flatMap(({ data }) => data?.items ?? [])
    .toSorted((one, other) => Number(other.id) - Number(one.id))
    .slice(0, SHOWN);
  const error = asked.find((one) => one.error !== null)?.error ?? null;
  return (
    <Section
      title="History"
      lead="What was rotated, dropped, retired and scheduled."
      error={error}
      isWaiting={asked.some(({ data }) => data === undefined)}
      onRetry={() => asked.map(({ refetch }) => refetch())}
    >
      {events.length === 0 ? <p className="co-none">Nothing yet.</p> : null}
      <ol className="co-entries" aria-label="History of rotations">
        {events.map((event) => (
          <Entry key={event.id} event={event} />
        ))}
      </ol>
    </Section>
  );
}

function Entry({ event }: { readonly event: EventRow }) {
  return (
    <li>
      <div>
        {rotationWords(event)}
        <p className="pt-dim">
          by {actorWords(event)} ·{" "}
          <a className="pt-link" href={addressText(placeOf("audit", "", event.id))}>
            <ActionName event={event} />
          </a>
        </p>
      </div>
      <TimeText at={event.at} form="both" />
    </li>
  );
}
