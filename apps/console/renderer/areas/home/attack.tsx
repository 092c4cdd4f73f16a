/**
 * Where refusals come from, each with the way to end it.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { Summary } from "../../calls/shapes.ts";
import { Section } from "../../parts/section.tsx";
import { Tag } from "../../parts/tag.tsx";
import { termText } from "../../query/query_text.ts";
import { addressText, placeOf } from "../../route/address.ts";
import { useHindrance } from "../../state/use_may.ts";
import { openBlockAddress } from "../limits/block_address_dialog.tsx";
import { cidrWords } from "../limits/cidr_words.ts";
import { useBlocked } from "../limits/use_blocked.ts";
import { type Tally, tallyOf } from "./tally.ts";
import { useRefusals } from "./use_home.ts";

/** Most addresses that are shown. */
const SHOWN = 6;

/** Draws it. */
export function Attack({ summary }: { readonly summary: Summary }) {
  const { data, error, refetch } = useRefusals();
  const ips = (data?.items ?? []).map(({ ip }) => ip);
  const addresses = tallyOf(ips, SHOWN);
  const blocks = (useBlocked().data?.pages ?? []).flatMap((page) => page.items);
  const blocked = new Set(blocks.map(({ cidr }) => cidrWords(cidr)));
  const { failures } = summary.last_hour;
  return (
    <div className="co-half">
      <Section
        title="Refused, by address"
        lead={failures.items
          .map(({ key, count }) => `${key.replaceAll("_", " ")} ${count}`)
          .join(", ")}
        error={error}
        isWaiting={data === undefined}
        onRetry={refetch}
      >
        {addresses.length === 0 ? (
          <p className="co-none">Nobody was refused in the last hour.</p>
        ) : null}
        <ul className="co-entries">
          {addresses.map((address) => (
            <AddressLine
              key={address.value}
              address={address}
              most={addresses[0]?.count ?? 1}
              isBlocked={blocked.has(address.value)}
            />
          ))}
        </ul>
        {data === undefined || data.next === null ? null : (
          <p className="pt-dim">Counted from the newest {data.items.length} refusals.</p>
        )}
      </Section>
    </div>
  );
}

interface AddressLineProps {
  readonly address: Tally;
  readonly most: number;
  /** Whether it is kept out by a block of its own. */
  readonly isBlocked: boolean;
}

function AddressLine({ address: { value, count }, most, isBlocked }: AddressLineProps) {
  const hindrance = useHindrance("limits.edit");
  const query = `${termText({ field: "ip", value })} since:1h`;
  return (
    <li>
      <div className="co-tally">
        <a className="pt-link pt-mono" href={addressText(placeOf("audit", query))}>
          {value}
        </a>
        <span className="co-tally-bar" aria-hidden="true">
          <span style={{ width: `${(count / most) * 100}%` }} />
        </span>
        <strong>{count.toLocaleString("en")}</strong>
      </div>
      {isBlocked ? (
        <Tag>blocked</Tag>
      ) : (
        <Button
          size="xs"
          color="red"
          variant="outline"
          disabled={hindrance !== null}
          title={hindrance ?? undefined}
          aria-label={`Block ${value}`}
          onClick={() => openBlockAddress(value)}
        >
          Block…
        </Button>
      )}
    </li>
  );
}
