/**
 * What a ring as a whole is about to do: when it is rotated next, and how far sealing anew is.
 *
 * @module
 */

import type { RingRow } from "../../calls/shapes.ts";
import { ProgressBar } from "../../parts/progress_bar.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { scheduleWords } from "./rotation_words.ts";

/** Draws it. */
export function RingFacts({ ring }: { readonly ring: RingRow }) {
  const { schedule } = ring;
  const words = scheduleWords(schedule?.every_days ?? null);
  const since = ring.keys.find(({ state }) => state === "current")?.current_at ?? null;
  return (
    <div className="co-ring-facts">
      <dl>
        <dt>Schedule</dt>
        <dd>
          {words[0]?.toUpperCase()}
          {words.slice(1)}
          {schedule?.next_at === undefined || schedule.next_at === null ? null : (
            <>
              , next <TimeText at={schedule.next_at} form="both" />
            </>
          )}
        </dd>
      </dl>
      {since === null ? null : (
        <dl>
          <dt>Rotated last</dt>
          <dd>
            <TimeText at={since} form="both" />
          </dd>
        </dl>
      )}
      <Resealing ring={ring} />
    </div>
  );
}

/** How many stored secrets the key of now has sealed, while others are still to be. */
function Resealing({ ring: { keys, to_reseal: left } }: { readonly ring: RingRow }) {
  const done = keys.find(({ state }) => state === "current")?.dependants.secrets ?? 0;
  const all = done + left;
  if (all === 0) return null;
  if (left === 0) {
    return (
      <dl>
        <dt>Encrypted by the key of now</dt>
        <dd>All {all.toLocaleString("en")}</dd>
      </dl>
    );
  }
  return (
    <ProgressBar
      label="Secrets that are encrypted anew"
      value={done}
      max={all}
      words={`Encrypting anew: ${done.toLocaleString("en")} of ${all.toLocaleString("en")}, ${left.toLocaleString("en")} to go`}
    />
  );
}
