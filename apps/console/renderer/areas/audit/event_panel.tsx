/**
 * One event: who, what, from where, and what it changed.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Icon } from "@postern/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, bridge, queries } from "../../calls/api.ts";
import type { EventDetail, EventRow } from "../../calls/shapes.ts";
import { toasts } from "../../calls/toasts.ts";
import { MissingPanel } from "../../parts/missing_panel.tsx";
import { Fact, SidePanel } from "../../parts/side_panel.tsx";
import { Tag } from "../../parts/tag.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { termText } from "../../query/query_text.ts";
import { addressText, placeOf } from "../../route/address.ts";
import type { DetailProps } from "../../table/list_spec.ts";
import type { Page } from "../../table/use_list.ts";
import { actorWords } from "./actor_words.ts";
import { changesOf, valueText } from "./detail_line.ts";

/** Draws the panel: what the list has of the event at once, the rest when the server has told it. */
export function EventPanel({ id, onClose }: DetailProps) {
  const [known] = useState(() => findLoaded(id));
  const { data, error, refetch } = useQuery({
    queryKey: ["audit", "one", id],
    queryFn: () => api.audit.get.query({ id }),
  });
  const event = data ?? known;
  return (
    <SidePanel
      title={<span className="pt-mono">{event?.action ?? "Event"}</span>}
      label="Event"
      place={placeOf("audit", "", id)}
      onClose={onClose}
    >
      {event === undefined && error !== null ? (
        <MissingPanel
          error={error}
          noun="event"
          words="Events are numbered from 1 on, and the server takes none away. Where the number is right, somebody took it out of the database: check the chain."
          onRetry={refetch}
        />
      ) : null}
      {event === undefined ? null : <EventBody event={event} place={data} />}
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

interface EventBodyProps {
  readonly event: EventRow;
  /** With its place in the chain, when that is known. */
  readonly place: EventDetail | undefined;
}

function EventBody({ event, place }: EventBodyProps) {
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
                {name === "session" && typeof value === "string" ? (
                  <SessionLink id={value} />
                ) : (
                  valueText(value)
                )}
              </Fact>
            ))}
          </dl>
        </section>
      )}
      {place === undefined ? null : <ChainPlace place={place} />}
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

function SessionLink({ id }: { readonly id: string }) {
  return (
    <a className="pt-link pt-mono" href={addressText(placeOf("sessions", "", id))}>
      {id}
    </a>
  );
}

function ChainPlace({ place }: { readonly place: EventDetail }) {
  return (
    <section className="co-panel-part">
      <h3>In the chain</h3>
      {place.intact ? (
        <p className="co-intact">
          <Icon name="check" size={15} /> It stands as it was written, after the one before it.
        </p>
      ) : (
        <p role="alert" className="co-intact" data-ok="false">
          <Icon name="alert" size={15} /> It is not what was written. Check the chain.
        </p>
      )}
      <dl className="co-facts">
        <Fact name="Hash">
          <span className="pt-mono">{place.hash}</span>
        </Fact>
        <Fact name="Before it">
          <span className="pt-mono">{place.previous_hash}</span>
        </Fact>
      </dl>
    </section>
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
