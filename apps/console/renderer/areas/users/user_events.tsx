/**
 * The newest events of a user.
 *
 * @module
 */

import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import { TimeText } from "../../parts/time_text.tsx";
import { termText } from "../../query/query_text.ts";
import { addressText, placeOf } from "../../route/address.ts";
import { useConsole } from "../../state/console_state.ts";
import { isPermitted } from "../../state/use_may.ts";
import { ActionName } from "../audit/action_name.tsx";

/** How many are shown. */
const EVENTS_SHOWN = 8;

/** Draws them, with the way to all; nothing for a role that sees no events. */
export function UserEvents({ username }: { readonly username: string }) {
  const maySee = isPermitted(useConsole(), "audit.read");
  const query = termText({ field: "user", value: username });
  const { data, error } = useQuery({
    queryKey: ["audit", "of user", username],
    queryFn: () => api.audit.list.query({ query, limit: EVENTS_SHOWN }),
    enabled: maySee,
  });
  if (!maySee) return null;
  return (
    <section className="co-panel-part">
      <h3>
        Newest events{" "}
        <a className="pt-link" href={addressText(placeOf("audit", query))}>
          all of them
        </a>
      </h3>
      {error === null ? null : <p className="pt-dim">They could not be loaded.</p>}
      {data?.items.length === 0 ? <p className="pt-dim">None yet.</p> : null}
      <ul className="co-entries">
        {(data?.items ?? []).map((event) => (
          <li key={event.id}>
            <ActionName event={event} />
            <TimeText at={event.at} />
          </li>
        ))}
      </ul>
    </section>
  );
}
