/**
 * Where refusals come from, each with the way to end it.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Section } from "../../parts/section.tsx";
import { termText } from "../../query/query_text.ts";
import { addressText, placeOf } from "../../route/address.ts";
import { useHindrance } from "../../state/use_may.ts";
import { openBlockAddress } from "../limits/block_address_dialog.tsx";
import { busiestAddresses, commonestReasons, type Tally } from "./recent_events.ts";
import { useRecentEvents } from "./use_home.ts";

/** Most addresses, and most reasons, that are shown. */
const SHOWN = 6;

/** Draws it. */
export function Attack() {
  const { data, error, refetch } = useRecentEvents();
  const addresses = busiestAddresses(data?.events ?? [], SHOWN);
  const reasons = commonestReasons(data?.events ?? [], SHOWN);
  return (
    <div id="attack" tabIndex={-1} className="co-half">
      <Section
        title="Refused, by address"
        lead={reasons
          .map(({ value, count }) => `${value.replaceAll("_", " ")} ${count}`)
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
            <AddressLine key={address.value} address={address} most={addresses[0]?.count ?? 1} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

interface AddressLineProps {
  readonly address: Tally;
  readonly most: number;
}

function AddressLine({ address: { value, count }, most }: AddressLineProps) {
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
    </li>
  );
}
