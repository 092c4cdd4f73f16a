/**
 * What dropping a key ends, counted.
 *
 * @module
 */

import { useId } from "react";

/** The counts. */
export interface BlastCounts {
  readonly sessions: number;
  readonly tokens: number;
  readonly sockets: number;
  readonly consoles: number;
}

const NAMES: readonly (readonly [keyof BlastCounts, string])[] = [
  ["sessions", "sessions"],
  ["tokens", "tokens"],
  ["sockets", "open connections"],
  ["consoles", "consoles"],
];

/** What is compared. */
export interface BlastReportProps {
  readonly title: string;
  /** What was counted before. */
  readonly previewed: BlastCounts;
  /** What ended. */
  readonly ended: BlastCounts;
}

/** Draws what ended beside what was said beforehand. */
export function BlastReport({ title, previewed, ended }: BlastReportProps) {
  const id = useId();
  const isSame = NAMES.every(([name]) => previewed[name] === ended[name]);
  return (
    <section className="co-blast" aria-labelledby={id} role="status">
      <h3 id={id}>{title}</h3>
      <table className="co-ended">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Previewed</th>
            <th scope="col">Ended</th>
          </tr>
        </thead>
        <tbody>
          {NAMES.map(([name, words]) => (
            <tr key={name}>
              <th scope="row">{words}</th>
              <td>{previewed[name].toLocaleString("en")}</td>
              <td>{ended[name].toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {isSame
          ? "Exactly what the preview said."
          : "It differs by what began, or ended by itself, between the preview and now."}
      </p>
    </section>
  );
}

/** What it is handed. */
export interface BlastProps {
  readonly title: string;
  readonly counts: BlastCounts;
}

/** Draws them. */
export function Blast({ title, counts }: BlastProps) {
  const id = useId();
  return (
    <section className="co-blast" aria-labelledby={id} role="status">
      <h3 id={id}>{title}</h3>
      <dl>
        {NAMES.map(([name, words]) => (
          <div key={name} data-none={counts[name] === 0}>
            <dd>{counts[name].toLocaleString("en")}</dd>
            <dt>{words}</dt>
          </div>
        ))}
      </dl>
    </section>
  );
}
