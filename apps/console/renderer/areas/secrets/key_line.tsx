/**
 * One key of a ring: its state, what still hangs on it, and when it goes.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { KeyRow } from "../../calls/shapes.ts";
import { Tag } from "../../parts/tag.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { useNow } from "../../state/use_now.ts";
import { openCompromise } from "./compromise_dialog.tsx";
import { dependantWords, hangingOn, KEY_STATES, type RingName } from "./ring_words.ts";

/** What the line is handed. */
export interface KeyLineProps {
  readonly ring: RingName | undefined;
  readonly item: KeyRow;
  /** What hangs on all keys of the ring together. */
  readonly all: number;
}

/** Those in use first. */
const ORDER: readonly KeyRow["state"][] = ["current", "previous", "next", "retired"];

/** Puts keys in the order in which they are shown. */
export function inOrder(keys: readonly KeyRow[]): readonly KeyRow[] {
  return keys.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
}

/** Draws it. */
export function KeyLine({ ring, item, all }: KeyLineProps) {
  const hindrance = useHindrance("secrets.rotate");
  const isLive = item.state === "current" || item.state === "previous";
  return (
    <tr data-state={item.state}>
      <th scope="row" className="pt-mono">
        {item.key}
      </th>
      <td>
        <KeyState item={item} />
      </td>
      <td>
        <TimeText at={item.created_at} form="both" />
      </td>
      <td data-key-dependants={item.key}>
        <div className="co-hangs">
          {dependantWords(item.dependants)}
          {isLive && all > 0 ? (
            <span className="co-hangs-bar" aria-hidden="true">
              <span style={{ width: `${(hangingOn(item) / all) * 100}%` }} />
            </span>
          ) : null}
        </div>
      </td>
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

function KeyState({ item }: { readonly item: KeyRow }) {
  const { tone, about } = KEY_STATES[item.state];
  return (
    <div className="co-key-state">
      <span>
        <Tag tone={tone}>{item.state}</Tag> <span className="pt-dim">{about}</span>
      </span>
      <Retiring item={item} />
    </div>
  );
}

/** When a key goes, and what that waits for. */
function Retiring({ item: { retires_at: from, retirable } }: { readonly item: KeyRow }) {
  const now = useNow();
  if (from === null) return null;
  if (retirable) return <span>Nothing hangs on it: it retires within ten minutes.</span>;
  if (Date.parse(from) <= now) {
    return <span className="pt-dim">It retires as soon as nothing hangs on it.</span>;
  }
  return (
    <span className="pt-dim">
      It retires from <TimeText at={from} /> on, when nothing hangs on it.
    </span>
  );
}
