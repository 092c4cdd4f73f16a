/**
 * One event: who, what, from where, and what it changed.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { bridge, queries } from "../../calls/api.ts";
import type { EventRow } from "../../calls/shapes.ts";
import { toasts } from "../../calls/toasts.ts";
import { Fact, SidePanel } from "../../parts/side_panel.tsx";
import { StatePanel } from "../../parts/state_panel.tsx";
import { Tag } from "../../parts/tag.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { termText } from "../../query/query_text.ts";
import { addressText, placeOf } from "../../route/address.ts";
import type { DetailProps } from "../../table/list_spec.ts";
import type { Page } from "../../table/use_list.ts";
import { actorWords } from "./actor_words.ts";
import { changesOf, valueText } from "./detail_line.ts";

/** Draws the panel. Events never change, so the one in the list is the one. */
export function EventPanel({ id, onClose }: DetailProps) {
  const { data: event } = useQuery({
    queryKey: ["audit", "one", id],
    queryFn: () => findLoaded(id) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <SidePanel
      title={<span className="pt-mono">{event?.action ?? "Event"}</span>}
      label="Event"
      onClose={onClose}
    >
      {event === null ? (
        <StatePanel icon="list" title="It is not in this list">
          Take a term away from the query, or look further down.
        </StatePanel>
      ) : null}
      {event === null || event === undefined ? null : <EventBody event={event} />}
    </SidePanel>
  );
}

/** An event among the pages that were loaded. */
function findLoaded(id: string): EventRow | undefined {
  const lists = queries.getQueriesData<{ pages?: readonly Page<EventRow>[] }>({
    queryKey: ["audit", "list"],
  });
  return lists
    .flatMap(([, list]) => list?.pages ?? [])
    .flatMap((page) => page.items)
    .find((event) => event.id === id);
}

function EventBody({ event }: { readonly event: EventRow }) {
  const changes = changesOf(event.details);
  const isShown = new Set(changes.length > 0 ? ["before", "after"] : []);
  const rest = Object.entries(event.details).filter(([name]) => !isShown.has(name));
  return (
    <>
      <dl className="co-facts">
        <Fact name="When">
          <TimeText at={event.at} form="both" />
        </Fact>
        <Fact name="Done">{event.success ? "yes" : <Tag tone="bad">refused</Tag>}</Fact>
        <Fact name="By">{actorWords(event)}</Fact>
        <Fact name="About">{event.user === null ? "nobody" : <UserLink user={event.user} />}</Fact>
        <Fact name="From">{event.ip === null ? "no address" : <AddressLink ip={event.ip} />}</Fact>
        <Fact name="User agent">{event.user_agent ?? "none"}</Fact>
        <Fact name="Request">
          <span className="pt-mono">{event.request_id}</span>
        </Fact>
        <Fact name="Position">{event.id}</Fact>
      </dl>
      {changes.length === 0 ? null : <Changes changes={changes} />}
      {rest.length === 0 ? null : (
        <section className="co-panel-part">
          <h3>Details</h3>
          <dl className="co-facts">
            {rest.map(([name, value]) => (
              <Fact key={name} name={name.replaceAll("_", " ")}>
                {valueText(value)}
              </Fact>
            ))}
          </dl>
        </section>
      )}
      <div className="co-panel-acts">
        <Button size="sm" variant="default" onClick={() => void copyJson(event)}>
          Copy as JSON
        </Button>
      </div>
    </>
  );
}

function Changes({ changes }: { readonly changes: ReturnType<typeof changesOf> }) {
  return (
    <section className="co-panel-part">
      <h3>Before and after</h3>
      <table className="co-changes">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ name, before, after, isChanged }) => (
            <tr key={name} data-changed={isChanged}>
              <th scope="row">{name}</th>
              <td>{isChanged ? <del>{before}</del> : before}</td>
              <td>{isChanged ? <ins>{after}</ins> : after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function UserLink({ user }: { readonly user: NonNullable<EventRow["user"]> }) {
  return (
    <a className="pt-link" href={addressText(placeOf("users", "", user.id))}>
      {user.username ?? user.id}
    </a>
  );
}

function AddressLink({ ip }: { readonly ip: string }) {
  const query = termText({ field: "ip", value: ip });
  return (
    <a className="pt-link pt-mono" href={addressText(placeOf("audit", query))}>
      {ip}
    </a>
  );
}

async function copyJson(event: EventRow): Promise<void> {
  const copied = await bridge.copy(JSON.stringify(event, null, 2));
  toasts.add(copied.ok ? "The event is copied" : copied.error.message, copied.ok ? "good" : "bad");
}
