/**
 * The last hour as bars: sign-ins upwards, refusals downwards.
 *
 * @module
 */

import "./hour_chart.css";
import { Section } from "../../parts/section.tsx";
import { useZone } from "../../parts/time_text.tsx";
import { useNow } from "../../state/use_now.ts";
import { type Bucket, bucketsOf } from "./recent_events.ts";
import { useRecentEvents } from "./use_home.ts";

const WIDTH = 600;
const HEIGHT = 150;
const MIDDLE = HEIGHT / 2;

/** Draws it. Whoever cannot see it has the same in a table. */
export function HourChart() {
  const { data, error, refetch } = useRecentEvents();
  const nowMs = useNow();
  const buckets = data === undefined ? [] : bucketsOf(data.events, nowMs);
  const lead =
    data === undefined || data.isWhole
      ? "Sign-ins above the line, refusals below it, two minutes a bar."
      : `The newest ${data.events.length.toLocaleString("en")} events only: there are more than are drawn.`;
  return (
    <Section
      title="The last hour"
      lead={lead}
      error={error}
      isWaiting={data === undefined}
      onRetry={refetch}
    >
      <Bars buckets={buckets} />
      <BucketTable buckets={buckets} />
    </Section>
  );
}

function Bars({ buckets }: { readonly buckets: readonly Bucket[] }) {
  const most = Math.max(
    4,
    ...buckets.map((one) => Math.max(one.signIns, one.refusals + one.limited)),
  );
  const step = WIDTH / Math.max(1, buckets.length);
  const scale = (MIDDLE - 6) / most;
  return (
    <div className="co-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {buckets.map((bucket, index) => {
          const x = index * step + step * 0.15;
          const width = step * 0.7;
          const up = bucket.signIns * scale;
          const down = bucket.refusals * scale;
          return (
            <g key={bucket.fromMs}>
              <rect className="co-bar-good" x={x} y={MIDDLE - 1 - up} width={width} height={up} />
              <rect className="co-bar-bad" x={x} y={MIDDLE + 1} width={width} height={down} />
              <rect
                className="co-bar-warning"
                x={x}
                y={MIDDLE + 1 + down}
                width={width}
                height={bucket.limited * scale}
              />
            </g>
          );
        })}
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

function BucketTable({ buckets }: { readonly buckets: readonly Bucket[] }) {
  const [zone] = useZone();
  const clock = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(zone === "utc" ? { timeZone: "UTC" } : {}),
  });
  return (
    <table className="pt-hidden">
      <caption>The last hour, two minutes a row</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Signed in</th>
          <th scope="col">Refused</th>
          <th scope="col">Over a limit</th>
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <tr key={bucket.fromMs}>
            <th scope="row">{clock.format(bucket.fromMs)}</th>
            <td>{bucket.signIns}</td>
            <td>{bucket.refusals}</td>
            <td>{bucket.limited}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
