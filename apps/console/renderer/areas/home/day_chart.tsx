/**
 * The last day as lines: live sessions, and open connections.
 *
 * @module
 */

import { relativeTime } from "@postern/ui";
import { Section } from "../../parts/section.tsx";
import { useZone } from "../../parts/time_text.tsx";
import { clockTime } from "../../parts/time_words.ts";
import { useNow } from "../../state/use_now.ts";
import {
  type Figure,
  hourly,
  mostOf,
  nearest,
  pointsOf,
  type Sample,
  shareOf,
  spanOf,
} from "./day_lines.ts";
import { useHistory } from "./use_home.ts";
import { usePointed } from "./use_pointed.ts";

const WIDTH = 600;
const HEIGHT = 60;

const LINES: readonly (readonly [Figure, string])[] = [
  ["sessions", "Live sessions"],
  ["sockets", "Open connections"],
];

/** Draws it. Whoever cannot see it has each hour in a table. */
export function DayChart() {
  const { data, error, refetch } = useHistory();
  const samples = (data?.items ?? []).toReversed();
  return (
    <Section
      title="The last day"
      lead="Sampled once a minute by the process that answers, since it began."
      error={error}
      isWaiting={data === undefined}
      onRetry={refetch}
    >
      {samples.length < 2 ? (
        <p className="co-none">The first minutes are still to come.</p>
      ) : (
        <>
          <div className="co-days">
            {LINES.map(([figure, label]) => (
              <DayLine key={figure} figure={figure} label={label} samples={samples} />
            ))}
          </div>
          <HourTable samples={hourly(samples)} />
        </>
      )}
    </Section>
  );
}

interface DayLineProps {
  readonly figure: Figure;
  readonly label: string;
  readonly samples: readonly Sample[];
}

function DayLine({ figure, label, samples }: DayLineProps) {
  const nowMs = useNow();
  const [zone] = useZone();
  const { at, ...listeners } = usePointed();
  const span = spanOf(samples, nowMs);
  const points = pointsOf(samples, figure, { width: WIDTH, height: HEIGHT, span });
  const pointed = at === null ? undefined : nearest(samples, at, span);
  const xOf = (sample: Sample | undefined) =>
    sample === undefined ? WIDTH : WIDTH * shareOf(sample, span);
  const shown = pointed ?? samples.at(-1);
  return (
    <figure className="co-day" aria-label={label}>
      <figcaption>
        {label} <strong>{(shown?.[figure] ?? 0).toLocaleString("en")}</strong>{" "}
        <span className="pt-dim">
          {pointed === undefined ? "now" : `at ${clockTime(pointed.at, zone)}`}, at most{" "}
          {mostOf(samples, figure).toLocaleString("en")}
        </span>
      </figcaption>
      <svg
        viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        {...listeners}
      >
        <polygon
          points={`${xOf(samples[0])},${HEIGHT} ${points} ${xOf(samples.at(-1))},${HEIGHT}`}
        />
        <polyline points={points} vectorEffect="non-scaling-stroke" />
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} vectorEffect="non-scaling-stroke" />
        {pointed === undefined ? null : (
          <line
            className="co-pointer"
            x1={xOf(pointed)}
            x2={xOf(pointed)}
            y1="0"
            y2={HEIGHT}
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <div className="co-chart-foot" aria-hidden="true">
        <span>{relativeTime(span.fromMs, nowMs)}</span>
        <span>now</span>
      </div>
    </figure>
  );
}

function HourTable({ samples }: { readonly samples: readonly Sample[] }) {
  const [zone] = useZone();
  return (
    <div className="pt-hidden">
      <table>
        <caption>The last day, an hour a row</caption>
        <thead>
          <tr>
            <th scope="col">Until</th>
            {LINES.map(([figure, label]) => (
              <th key={figure} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <tr key={sample.at}>
              <th scope="row">{clockTime(sample.at, zone)}</th>
              {LINES.map(([figure]) => (
                <td key={figure}>{sample[figure]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
