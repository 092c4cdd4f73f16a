/**
 * The last hour as bars: sign-ins upwards, refusals downwards.
 *
 * @module
 */

import "./charts.css";
import type { Summary } from "../../calls/shapes.ts";
import { Section } from "../../parts/section.tsx";
import { useZone } from "../../parts/time_text.tsx";
import { clockTime } from "../../parts/time_words.ts";
import { MinuteTable } from "./minute_table.tsx";
import { usePointed } from "./use_pointed.ts";

type Minute = Summary["last_hour"]["minutes"][number];

const WIDTH = 600;
const HEIGHT = 150;
const MIDDLE = HEIGHT / 2;

/** Fewest that a whole bar stands for, so that one sign-in does not look like a storm. */
const SCALE_MIN = 4;

/** Draws it. Whoever cannot see it has the same in a table. */
export function HourChart({ summary }: { readonly summary: Summary }) {
  const { minutes } = summary.last_hour;
  return (
    <Section
      title="The last hour"
      lead="Sign-ins above the line, refusals below it, a minute a bar."
    >
      <Bars minutes={minutes} />
      <MinuteTable minutes={minutes} />
    </Section>
  );
}

function Bars({ minutes }: { readonly minutes: readonly Minute[] }) {
  const { at, ...listeners } = usePointed();
  const most = Math.max(SCALE_MIN, ...minutes.map(highest));
  const scale = (MIDDLE - 6) / most;
  const step = WIDTH / Math.max(1, minutes.length);
  const pointed = at === null ? -1 : Math.min(minutes.length - 1, Math.floor(at * minutes.length));
  return (
    <div className="co-chart">
      <span className="co-chart-most" aria-hidden="true">
        {most.toLocaleString("en")}
      </span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        {...listeners}
      >
        {pointed < 0 ? null : (
          <rect className="co-pointed" x={pointed * step} y={0} width={step} height={HEIGHT} />
        )}
        {minutes.map((minute, index) => (
          <Bar
            key={minute.at}
            minute={minute}
            x={index * step + step * 0.15}
            size={{ step, scale }}
          />
        ))}
        <line x1="0" x2={WIDTH} y1={MIDDLE} y2={MIDDLE} vectorEffect="non-scaling-stroke" />
      </svg>
      <Foot minute={minutes[pointed]} />
    </div>
  );
}

function highest(minute: Minute): number {
  return Math.max(minute.sign_ins, minute.failed_sign_ins + minute.rate_limited);
}

/** What the colours mean, with the numbers of the minute that is pointed at. */
function Foot({ minute }: { readonly minute: Minute | undefined }) {
  const [zone] = useZone();
  const count = (name: Exclude<keyof Minute, "at">) =>
    minute === undefined ? null : <strong>{minute[name].toLocaleString("en")} </strong>;
  return (
    <div className="co-chart-foot" aria-hidden="true">
      <span>{minute === undefined ? "an hour ago" : `at ${clockTime(minute.at, zone)}`}</span>
      <span className="co-legend" data-tone="good">
        {count("sign_ins")}signed in
      </span>
      <span className="co-legend" data-tone="bad">
        {count("failed_sign_ins")}refused
      </span>
      <span className="co-legend" data-tone="warning">
        {count("rate_limited")}over a limit
      </span>
      <span>now</span>
    </div>
  );
}

interface BarProps {
  readonly minute: Minute;
  readonly x: number;
  readonly size: { readonly step: number; readonly scale: number };
}

function Bar({ minute, x, size: { step, scale } }: BarProps) {
  const width = step * 0.7;
  const up = minute.sign_ins * scale;
  const down = minute.failed_sign_ins * scale;
  const limited = minute.rate_limited * scale;
  return (
    <g>
      <rect className="co-bar-good" x={x} y={MIDDLE - 1 - up} width={width} height={up} />
      <rect className="co-bar-bad" x={x} y={MIDDLE + 1} width={width} height={down} />
      <rect className="co-bar-warning" x={x} y={MIDDLE + 1 + down} width={width} height={limited} />
    </g>
  );
}
