/**
 * The figures of now, each with how it went in the last hour and the way to what it counts.
 *
 * @module
 */

import type { Summary } from "../../calls/shapes.ts";
import { type Address, addressText, placeOf } from "../../route/address.ts";
import { Sparkline } from "./sparkline.tsx";

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly place: Address;
  readonly line: readonly number[];
  readonly tone: "good" | "bad" | "plain";
}

/** Draws them. */
export function Figures({ summary }: { readonly summary: Summary }) {
  return (
    <ul className="co-figures" aria-label="Figures">
      {figuresOf(summary).map(({ label, value, place, line, tone }) => (
        <li key={label}>
          <a href={addressText(place)}>
            <span className="co-figure-value">{value}</span>
            <span className="co-figure-label">{label}</span>
            <Sparkline values={line} tone={tone} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function figuresOf({
  last_hour: hour,
  live_sessions,
  sockets,
  samples,
}: Summary): readonly Figure[] {
  const { minutes } = hour;
  return [
    {
      label: "Live sessions",
      value: `${live_sessions.about ? "about " : ""}${boundedText(live_sessions)}`,
      place: placeOf("sessions"),
      line: samples.map((sample) => sample.sessions),
      tone: "plain",
    },
    {
      label: "Open connections",
      value: sockets.toLocaleString("en"),
      place: placeOf("sessions"),
      line: samples.map((sample) => sample.sockets),
      tone: "plain",
    },
    {
      label: "Sign-ins, last hour",
      value: boundedText(hour.sign_ins),
      place: placeOf("audit", "action:login since:1h"),
      line: minutes.map((minute) => minute.sign_ins),
      tone: "good",
    },
    {
      label: "Refused sign-ins",
      value: boundedText(hour.failed_sign_ins),
      place: placeOf("audit", "action:failed_login since:1h"),
      line: minutes.map((minute) => minute.failed_sign_ins),
      tone: "bad",
    },
    {
      label: "Over a limit",
      value: boundedText(hour.rate_limited),
      place: placeOf("audit", "action:rate_limited since:1h"),
      line: minutes.map((minute) => minute.rate_limited),
      tone: "plain",
    },
  ];
}

function boundedText({ count, more }: Summary["last_hour"]["sign_ins"]): string {
  return `${count.toLocaleString("en")}${more ? "+" : ""}`;
}
