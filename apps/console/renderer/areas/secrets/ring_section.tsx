/**
 * One key ring.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { RingRow } from "../../calls/shapes.ts";
import { PlainTable } from "../../parts/plain_table.tsx";
import { Section } from "../../parts/section.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { inOrder, KeyLine } from "./key_line.tsx";
import { RingFacts } from "./ring_facts.tsx";
import { hangingOn, RINGS, type RingName, ringOf } from "./ring_words.ts";
import { openRotate } from "./rotate_dialog.tsx";
import { openSchedule } from "./schedule_dialog.tsx";

/** Draws it: its keys, those in use first. */
export function RingSection({ ring }: { readonly ring: RingRow }) {
  const name = ringOf(ring.ring);
  const words = name === undefined ? { title: ring.ring, about: "" } : RINGS[name];
  const all = ring.keys.reduce((sum, key) => sum + hangingOn(key), 0);
  return (
    <Section
      title={words.title}
      lead={words.about}
      actions={name === undefined ? null : <RingActs ring={ring} name={name} />}
    >
      <RingFacts ring={ring} />
      <PlainTable label={`Keys: ${words.title}`}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">State</th>
            <th scope="col">Made</th>
            <th scope="col">What hangs on it</th>
            <th scope="col">
              <span className="pt-hidden">Compromised</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {inOrder(ring.keys).map((key) => (
            <KeyLine key={key.key} ring={name} item={key} all={all} />
          ))}
        </tbody>
      </PlainTable>
    </Section>
  );
}

interface RingActsProps {
  readonly ring: RingRow;
  readonly name: RingName;
}

function RingActs({ ring: { schedule }, name }: RingActsProps) {
  const hindrance = useHindrance("secrets.rotate");
  const { title } = RINGS[name];
  const shared = {
    size: "sm",
    variant: "default",
    disabled: hindrance !== null,
    title: hindrance ?? undefined,
  } as const;
  return (
    <div className="co-head-actions">
      <Button
        {...shared}
        aria-label={`Schedule the ring ${title}`}
        onClick={() => openSchedule(name, schedule)}
      >
        Schedule…
      </Button>
      <Button {...shared} aria-label={`Rotate the ring ${title}`} onClick={() => openRotate(name)}>
        Rotate…
      </Button>
    </div>
  );
}
