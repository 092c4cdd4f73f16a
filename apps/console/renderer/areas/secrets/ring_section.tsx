/**
 * One key ring.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { KeyRow, RingRow } from "../../calls/shapes.ts";
import { PlainTable } from "../../parts/plain_table.tsx";
import { Section } from "../../parts/section.tsx";
import { Tag } from "../../parts/tag.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { openCompromise } from "./compromise_dialog.tsx";
import { dependantWords, KEY_STATES, RINGS, type RingName, ringOf } from "./ring_words.ts";
import { openRotate } from "./rotate_dialog.tsx";

/** Draws it: its keys, those in use first. */
export function RingSection({ ring }: { readonly ring: RingRow }) {
  const hindrance = useHindrance("secrets.rotate");
  const name = ringOf(ring.ring);
  const words = name === undefined ? { title: ring.ring, about: "" } : RINGS[name];
  return (
    <Section
      title={words.title}
      lead={words.about}
      actions={
        name === undefined ? null : (
          <Button
            size="sm"
            variant="default"
            disabled={hindrance !== null}
            title={hindrance ?? undefined}
            aria-label={`Rotate the ring ${words.title}`}
            onClick={() => openRotate(name)}
          >
            Rotate…
          </Button>
        )
      }
    >
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
            <KeyLine key={key.key} ring={name} item={key} />
          ))}
        </tbody>
      </PlainTable>
    </Section>
  );
}

/** Those in use first. */
const ORDER: readonly KeyRow["state"][] = ["current", "previous", "next", "retired"];

function inOrder(keys: readonly KeyRow[]): readonly KeyRow[] {
  return keys.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
}

interface KeyLineProps {
  readonly ring: RingName | undefined;
  readonly item: KeyRow;
}

function KeyLine({ ring, item }: KeyLineProps) {
  const hindrance = useHindrance("secrets.rotate");
  const { tone, about } = KEY_STATES[item.state];
  const isLive = item.state === "current" || item.state === "previous";
  return (
    <tr>
      <th scope="row" className="pt-mono">
        {item.key}
      </th>
      <td>
        <Tag tone={tone}>{item.state}</Tag> <span className="pt-dim">{about}</span>
      </td>
      <td>
        <TimeText at={item.created_at} form="both" />
      </td>
      <td data-key-dependants={item.key}>{dependantWords(item.dependants)}</td>
      <td className="co-plain-acts">
        {ring !== undefined && isLive ? (
          <Button
            size="xs"
            variant="subtle"
            color="red"
            disabled={hindrance !== null}
            title={hindrance ?? undefined}
            aria-label={`The key ${item.key} is compromised`}
            onClick={() => openCompromise(ring, item.key)}
          >
            Compromised…
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
