/**
 * The figures of now, each with how it went in the last hour and the way to what it counts.
 *
 * @module
 */

import type { Summary } from "../../calls/shapes.ts";
import { type Address, addressText, placeOf } from "../../route/address.ts";
import { useNow } from "../../state/use_now.ts";
import { type Bucket, bucketsOf } from "./recent_events.ts";
import { Sparkline } from "./sparkline.tsx";
import { useRecentEvents } from "./use_home.ts";

type Bounded = Summary["live_sessions"];

interface Figure {
  readonly label: string;
  readonly value: Bounded;
  readonly place: Address;
  readonly line: ((bucket: Bucket) => number) | null;
  readonly tone: "good" | "bad" | "plain";
}

/** Draws them. */
export function Figures({ summary }: { readonly summary: Summary }) {
  const { data } = useRecentEvents();
  const nowMs = useNow();
  const buckets = data === undefined ? [] : bucketsOf(data.events, nowMs);
  const { last_hour: hour } = summary;
  const figures: readonly Figure[] = [
    {
      label: "Live sessions",
      value: summary.live_sessions,
      place: placeOf("sessions"),
      line: null,
      tone: "plain",
    },
    {
      label: "Sign-ins, last hour",
      value: hour.sign_ins,
      place: placeOf("audit", "action:login since:1h"),
      line: (bucket) => bucket.signIns,
      tone: "good",
    },
    {
      label: "Refused sign-ins",
      value: hour.failed_sign_ins,
      place: placeOf("audit", "action:failed_login since:1h"),
      line: (bucket) => bucket.refusals,
      tone: "bad",
    },
    {
      label: "Over a limit",
      value: hour.rate_limited,
      place: placeOf("audit", "action:rate_limited since:1h"),
      line: (bucket) => bucket.limited,
      tone: "plain",
    },
  ];
  return (
    <ul className="co-figures" aria-label="Figures">
      {figures.map(({ label, value, place, line, tone }) => (
        <li key={label}>
          <a href={addressText(place)}>
            <span className="co-figure-value">{boundedText(value)}</span>
            <span className="co-figure-label">{label}</span>
            {line === null ? null : <Sparkline values={buckets.map(line)} tone={tone} />}
          </a>
        </li>
      ))}
    </ul>
  );
}

function boundedText({ count, more }: Bounded): string {
  return `${count.toLocaleString("en")}${more ? "+" : ""}`;
}
