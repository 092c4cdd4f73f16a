/**
 * Who is held back by a limit now.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import type { LimitRow, Pressure } from "../../calls/shapes.ts";
import { useLive } from "../../calls/use_live.ts";
import { PlainTable } from "../../parts/plain_table.tsx";
import { Section } from "../../parts/section.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { openBlockAddress } from "./block_address_dialog.tsx";
import { resetCount } from "./limit_acts.ts";

/** What limits do now, as it changes. */
export function usePressure() {
  return useLive<Pressure>({
    key: ["limits", "pressure"],
    ask: () => api.limits.pressure.query(),
    follow: (listener) => api.limits.live.subscribe({}, listener),
  });
}

/** Draws them; the limits themselves are in the table above. */
export function HeldBack() {
  const { data, error, refetch } = usePressure();
  const { data: limits } = useQuery({
    queryKey: ["limits", "list"],
    queryFn: () => api.limits.list.query(),
  });
  const held = (data?.items ?? []).flatMap((item) => {
    const limit = limits?.items.find(({ id }) => id === item.id);
    return limit === undefined ? [] : item.held.map((one) => ({ limit, held: one }));
  });
  return (
    <Section
      title="Who is held back now"
      lead="By the server that answers here, as it happens."
      error={error}
      isWaiting={data === undefined}
      onRetry={refetch}
    >
      {held.length === 0 ? <p className="co-none">Nobody is over a limit.</p> : null}
      {held.length === 0 ? null : (
        <PlainTable label="Those who are held back">
          <thead>
            <tr>
              <th scope="col">Whom</th>
              <th scope="col">By</th>
              <th scope="col">Refused</th>
              <th scope="col">Until</th>
              <th scope="col">
                <span className="pt-hidden">What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {held.map(({ limit, held: one }) => (
              <HeldLine key={`${limit.id} ${one.subject}`} limit={limit} held={one} />
            ))}
          </tbody>
        </PlainTable>
      )}
    </Section>
  );
}

interface HeldLineProps {
  readonly limit: LimitRow;
  readonly held: Pressure["items"][number]["held"][number];
}

function HeldLine({ limit, held }: HeldLineProps) {
  const hindrance = useHindrance("limits.edit");
  const shared = { size: "xs", disabled: hindrance !== null } as const;
  return (
    <tr>
      <th scope="row" className="pt-mono">
        {held.subject}
      </th>
      <td>{limit.name}</td>
      <td>{held.refused.toLocaleString("en")}</td>
      <td>
        <TimeText at={held.until} />
      </td>
      <td className="co-plain-acts">
        <Button
          {...shared}
          variant="default"
          title={hindrance ?? undefined}
          aria-label={`Count anew: ${held.subject}`}
          onClick={() => void resetCount(limit, held.subject)}
        >
          Count anew
        </Button>{" "}
        {limit.scope === "address" ? (
          <Button
            {...shared}
            variant="outline"
            color="red"
            title={hindrance ?? undefined}
            aria-label={`Block… ${held.subject}`}
            onClick={() => openBlockAddress(held.subject)}
          >
            Block…
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
