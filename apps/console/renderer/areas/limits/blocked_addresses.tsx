/**
 * The addresses that are kept out.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { AddressBlockRow } from "../../calls/shapes.ts";
import { PlainTable } from "../../parts/plain_table.tsx";
import { Section } from "../../parts/section.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { cidrWords } from "./cidr_words.ts";
import { unblockAddress } from "./limit_acts.ts";
import { useBlocked } from "./use_blocked.ts";

/** Draws them. */
export function BlockedAddresses() {
  const asked = useBlocked();
  const blocks = (asked.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <Section
      title="Who is kept out"
      lead="A blocked address gets 403 before anything else is looked at."
      error={asked.error}
      isWaiting={asked.data === undefined}
      onRetry={asked.refetch}
    >
      {blocks.length === 0 ? <p className="co-none">No address is blocked.</p> : null}
      {blocks.length === 0 ? null : (
        <PlainTable label="Blocked addresses">
          <thead>
            <tr>
              <th scope="col">Address or range</th>
              <th scope="col">Why</th>
              <th scope="col">Since</th>
              <th scope="col">Until</th>
              <th scope="col">
                <span className="pt-hidden">Let in</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {blocks.map((block) => (
              <BlockLine key={block.cidr} block={block} />
            ))}
          </tbody>
        </PlainTable>
      )}
      {asked.hasNextPage ? (
        <Button size="sm" variant="default" onClick={() => void asked.fetchNextPage()}>
          More
        </Button>
      ) : null}
    </Section>
  );
}

function BlockLine({ block }: { readonly block: AddressBlockRow }) {
  const hindrance = useHindrance("limits.edit");
  return (
    <tr>
      <th scope="row" className="pt-mono">
        {cidrWords(block.cidr)}
      </th>
      <td>{block.reason ?? <span className="pt-dim">no reason was given</span>}</td>
      <td>
        <TimeText at={block.created_at} />
      </td>
      <td>{block.until === null ? "taken back" : <TimeText at={block.until} />}</td>
      <td className="co-plain-acts">
        <Button
          size="xs"
          variant="default"
          disabled={hindrance !== null}
          title={hindrance ?? undefined}
          aria-label={`Let in again: ${cidrWords(block.cidr)}`}
          onClick={() => void unblockAddress(block.cidr)}
        >
          Let in again
        </Button>
      </td>
    </tr>
  );
}
