/**
 * A moment on the page, by the clock that somebody chose; both clocks and the distance on hovering.
 *
 * @module
 */

import { relativeTime } from "@postern/ui";
import { usePreference } from "../state/preferences.ts";
import { useNow } from "../state/use_now.ts";
import { fullTime, shortTime, type Zone } from "./time_words.ts";

/** The clock that times are told by. */
export function useZone(): readonly [Zone, (zone: Zone) => void] {
  return usePreference<Zone>("zone", "local");
}

/** What the text is handed. */
export interface TimeTextProps {
  /** RFC 3339; null where there is no such moment. */
  readonly at: string | null;
  /** How it is told: by the clock, as a distance, or both. */
  readonly form?: "clock" | "distance" | "both";
}

/** Shows a moment. */
export function TimeText({ at, form = "clock" }: TimeTextProps) {
  const [zone] = useZone();
  const nowMs = useNow();
  if (at === null) return <span className="pt-dim">never</span>;
  const atMs = Date.parse(at);
  if (Number.isNaN(atMs)) return <span>{at}</span>;
  const clock = shortTime(atMs, nowMs, zone);
  const distance = relativeTime(atMs, nowMs);
  const title = `${distance}\n${fullTime(atMs, "local")}\n${fullTime(atMs, "utc")}`;
  return (
    <time dateTime={at} title={title} className="co-time" data-form={form}>
      {form === "distance" ? distance : clock}
      {form === "both" ? <span className="pt-dim"> · {distance}</span> : null}
    </time>
  );
}
