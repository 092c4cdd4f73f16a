/**
 * The limits, each with a way to edit it.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import type { LimitRow, Pressure } from "../../calls/shapes.ts";
import { PlainTable } from "../../parts/plain_table.tsx";
import { Section } from "../../parts/section.tsx";
import { Tag } from "../../parts/tag.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { openEditLimit } from "./edit_limit_dialog.tsx";
import { usePressure } from "./held_back.tsx";
import { windowWords } from "./window_words.ts";

const SCOPES: Readonly<Record<LimitRow["scope"], string>> = {
  address: "for each address",
  account: "for each account",
  user: "for each user",
  connection: "for each connection",
};

/** Draws them. */
export function LimitTable() {
  const { data, error, refetch } = useQuery({
    queryKey: ["limits", "list"],
    queryFn: () => api.limits.list.query(),
  });
  const { data: pressure } = usePressure();
  return (
    <Section
      title="How much is let through"
      error={error}
      isWaiting={data === undefined}
      onRetry={refetch}
    >
      <PlainTable label="All limits">
        <thead>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col">Let through</th>
            <th scope="col">Counted</th>
            <th scope="col">In its window</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="pt-hidden">Edit</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(data?.items ?? []).map((limit) => (
            <LimitLine
              key={limit.id}
              limit={limit}
              done={pressure?.items.find(({ id }) => id === limit.id)}
            />
          ))}
        </tbody>
      </PlainTable>
    </Section>
  );
}

interface LimitLineProps {
  readonly limit: LimitRow;
  readonly done: Pressure["items"][number] | undefined;
}

function LimitLine({ limit, done }: LimitLineProps) {
  const hindrance = useHindrance("limits.edit");
  return (
    <tr>
      <th scope="row">{limit.name}</th>
      <td>
        <strong>{limit.count.toLocaleString("en")}</strong> in {windowWords(limit.window_s)}
      </td>
      <td className="pt-dim">{SCOPES[limit.scope]}</td>
      <td>{done === undefined ? null : <DoneWords done={done} />}</td>
      <td>{limit.enabled ? <Tag tone="good">on</Tag> : <Tag tone="warning">off</Tag>}</td>
      <td className="co-plain-acts">
        <Button
          size="xs"
          variant="default"
          disabled={hindrance !== null}
          title={hindrance ?? undefined}
          aria-label={`Edit the limit ${limit.name}`}
          onClick={() => openEditLimit(limit)}
        >
          Edit…
        </Button>
      </td>
    </tr>
  );
}

function DoneWords({ done }: { readonly done: Pressure["items"][number] }) {
  return (
    <>
      {done.allowed.toLocaleString("en")} let through
      {done.refused === 0 ? null : (
        <strong className="co-refused">, {done.refused.toLocaleString("en")} refused</strong>
      )}
    </>
  );
}
