/**
 * `/api/v1/docs`: the description of the API, readable.
 *
 * @module
 */

import "./docs/docs.css";
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../browser/api.ts";
import { unwrap } from "../browser/problem_error.ts";
import { useMe } from "../browser/session.ts";
import { AppLayout } from "../layout/app_layout.tsx";
import { ProblemPanel } from "../layout/problem_panel.tsx";
import type { ApiDocument } from "./docs/api_document.ts";
import { OperationCard } from "./docs/operation_card.tsx";
import { type ApiGroup, readOperations } from "./docs/read_operations.ts";

/** Draws the page; nobody has to be signed in. */
export function DocsPage() {
  const { data: user } = useMe();
  const { data, error, refetch } = useQuery({
    queryKey: ["description"],
    queryFn: async (): Promise<ApiDocument> => await unwrap(api.getDescription()),
  });
  return (
    <AppLayout
      title="The API"
      lead={
        <>
          Every call, with what it takes and what it answers. For machines:{" "}
          <a className="pt-link" href="/api/v1/openapi.json">
            openapi.json
          </a>
        </>
      }
      isSignedIn={user !== undefined}
    >
      {data === undefined && error === null ? <Loader role="status" aria-label="Loading" /> : null}
      {error === null ? null : <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined ? null : <Groups groups={readOperations(data, location.origin)} />}
    </AppLayout>
  );
}

function Groups({ groups }: { readonly groups: readonly ApiGroup[] }) {
  useEffect(() => openTarget(), []);
  if (groups.length === 0) return <p>The description is empty.</p>;
  return (
    <div className="pt-docs">
      <nav className="pt-docs-nav" aria-label="Calls">
        {groups.map((group) => (
          <div key={group.name}>
            <h2 className="pt-docs-nav-name">{group.name}</h2>
            <ul>
              {group.operations.map(({ id, method, path }) => (
                <li key={id}>
                  <a href={`#${id}`}>
                    <span className="pt-dim">{method}</span> {path.replace("/api/v1", "")}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="pt-docs-groups">
        {groups.map((group) => (
          <section key={group.name} className="pt-docs-group" aria-label={group.name}>
            <h2>{group.name}</h2>
            {group.operations.map((operation) => (
              <OperationCard key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}

/** Opens the operation that the address names, now and whenever another is named. */
function openTarget(): () => void {
  function open(): void {
    const target = document.getElementById(location.hash.slice(1));
    if (!(target instanceof HTMLDetailsElement)) return;
    target.open = true;
    target.scrollIntoView();
  }
  open();
  addEventListener("hashchange", open);
  return () => removeEventListener("hashchange", open);
}
