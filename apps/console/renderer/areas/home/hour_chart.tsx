/**
 * The last hour as bars: sign-ins upwards, refusals downwards.
 *
 * @module
 */

import "./hour_chart.css";
import type { Summary } from "../../calls/shapes.ts";
import { Section } from "../../parts/section.tsx";
import { useZone } from "../../parts/time_text.tsx";

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
  const highest = minutes.map((one) =>
    Math.max(one.sign_ins, one.failed_sign_ins + one.rate_limited),
  );
  const scale = (MIDDLE - 6) / Math.max(SCALE_MIN, ...highest);
  const step = WIDTH / Math.max(1, minutes.length);
  return (
    <div className="co-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
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
      <div className="co-chart-foot" aria-hidden="true">
        <span>an hour ago</span>
        <span className="co-legend" data-tone="good">
          signed in
        </span>
        <span className="co-legend" data-tone="bad">
          refused
        </span>
        <span className="co-legend" data-tone="warning">
          over a limit
        </span>
        <span>now</span>
      </div>
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

function MinuteTable({ minutes }: { readonly minutes: readonly Minute[] }) {
  const [zone] = useZone();
  const clock = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(zone === "utc" ? { timeZone: "UTC" } : {}),
  });
  return (
    <div className="pt-hidden">
      <table>
        <caption>The last hour, a minute a row</caption>
        <thead>
          <tr>
            <th scope="col">Minute</th>
            <th scope="col">Signed in</th>
            <th scope="col">Refused</th>
            <th scope="col">Over a limit</th>
          </tr>
        </thead>
        <tbody>
          {minutes.map((minute) => (
            <tr key={minute.at}>
              <th scope="row">{clock.format(Date.parse(minute.at))}</th>
              <td>{minute.sign_ins}</td>
              <td>{minute.failed_sign_ins}</td>
              <td>{minute.rate_limited}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
