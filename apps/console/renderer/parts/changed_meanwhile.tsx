/**
 * What somebody else changed of a row while it was edited here.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useId } from "react";

/** One fact of a row: its name, what it was when it was opened, and what it is now. */
export type ChangedFact = readonly [name: string, before: string, now: string];

/** What it is handed. */
export interface ChangedMeanwhileProps {
  /** All that is edited; what is the same is left out. */
  readonly facts: readonly ChangedFact[];
  /** Puts what is there now in the place of what was typed; left out where nothing of it is shown. */
  readonly onTake?: () => void;
}

/** Draws it. What was typed stays until it is put aside. */
export function ChangedMeanwhile({ facts, onTake }: ChangedMeanwhileProps) {
  const id = useId();
  const changed = facts.filter(([, before, now]) => before !== now);
  return (
    <section className="co-changed" aria-labelledby={id}>
      <div role="status">
        <h3 id={id}>Somebody else changed it</h3>
        {changed.length === 0 ? (
          <p>Nothing of it that shows here.</p>
        ) : (
          <dl>
            {changed.map(([name, before, now]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <del>{before}</del> <ins>{now}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <p>What you typed is kept. Go on, and it takes the place of that.</p>
      {onTake === undefined || changed.length === 0 ? null : (
        <Button size="xs" variant="default" onClick={onTake}>
          Take what is there now
        </Button>
      )}
    </section>
  );
}
