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
