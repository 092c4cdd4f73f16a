/**
 * What administrators and operators changed.
 *
 * @module
 */

import { Section } from "../../parts/section.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { addressText, placeOf } from "../../route/address.ts";
import { ActionName } from "../audit/action_name.tsx";
import { actorWords } from "../audit/actor_words.ts";
import { useChanges } from "./use_home.ts";

/** Draws the newest. */
export function Changes() {
  const { data, error, refetch } = useChanges();
  return (
    <div className="co-half">
      <Section
        title="Changed in the last day"
        error={error}
        isWaiting={data === undefined}
        onRetry={refetch}
        actions={
          <a className="pt-link" href={addressText(placeOf("audit", "admin since:24h"))}>
            All of it
          </a>
        }
      >
        {data?.items.length === 0 ? <p className="co-none">Nobody changed anything.</p> : null}
        <ul className="co-entries">
          {(data?.items ?? []).map((event) => (
            <li key={event.id}>
              <div>
                <ActionName event={event} />
                <p className="pt-dim">
                  by {actorWords(event)}
                  {event.user === null ? "" : `, about ${event.user.username ?? event.user.id}`}
                </p>
              </div>
              <TimeText at={event.at} form="distance" />
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
