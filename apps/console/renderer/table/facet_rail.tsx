/**
 * What a list is made of, beside it: each value asks for its rows alone, and once more for all again.
 *
 * @module
 */

import "./facets.css";
import { type KeyboardEvent, useId, useState } from "react";
import { termIn, withoutField, withTerm } from "../query/query_text.ts";
import type { Facet } from "./facets.ts";
import type { ListFacets } from "./use_facets.ts";

/** What the rail is handed. */
export interface FacetRailProps {
  readonly facets: ListFacets;
  readonly query: string;
  /** Many of what is listed. */
  readonly noun: string;
  readonly onAsk: (query: string) => void;
}

/** Values of a facet that are shown before more are asked for. */
const SHOWN = 6;

/** Draws it. */
export function FacetRail({ facets, query, noun, onAsk }: FacetRailProps) {
  const { found, error, rail } = facets;
  return (
    <nav
      className="co-facets"
      aria-label={`What these ${noun} are`}
      ref={rail}
      onKeyDown={moveFocus}
    >
      {found === undefined && error === null ? <p className="co-facets-note">Counting…</p> : null}
      {found === undefined && error !== null ? (
        <p className="co-facets-note">They could not be counted.</p>
      ) : null}
      {found?.facets.map((facet) => (
        <FacetGroup
          key={facet.field}
          facet={facet}
          chosen={termIn(query, facet.field)}
          onChoose={(value) =>
            onAsk(
              value === null
                ? withoutField(query, facet.field)
                : withTerm(query, { field: facet.field, value }),
            )
          }
        />
      ))}
      {found === undefined ? null : (
        <p className="co-facets-note" role="status">
          {found.more ? "Of the newest " : "Of all "}
          {found.counted.toLocaleString("en")}
        </p>
      )}
    </nav>
  );
}

interface FacetGroupProps {
  readonly facet: Facet;
  /** The value that the query asks for; null for none. */
  readonly chosen: string | null;
  readonly onChoose: (value: string | null) => void;
}

function FacetGroup({ facet: { label, values }, chosen, onChoose }: FacetGroupProps) {
  const id = useId();
  const [isWhole, setWhole] = useState(false);
  if (values.length === 0) return null;
  const most = values[0]?.count ?? 1;
  const shown = isWhole ? values : values.slice(0, SHOWN);
  const rest = values.length - shown.length;
  return (
    <section className="co-facet" aria-labelledby={id}>
      <h2 id={id}>{label}</h2>
      <ul>
        {shown.map(({ value, count }) => {
          const isChosen = chosen?.toLowerCase() === value.toLowerCase();
          return (
            <li key={value}>
              <button
                type="button"
                data-facet
                aria-pressed={isChosen}
                title={isChosen ? `No longer only ${value}` : `Only ${value}`}
                onClick={() => onChoose(isChosen ? null : value)}
              >
                <span className="co-facet-bar" style={{ width: `${(count / most) * 100}%` }} />
                <span className="co-facet-value">{value}</span>
                <span className="co-facet-count">{count.toLocaleString("en")}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {rest > 0 ? (
        <button type="button" className="co-link" data-facet onClick={() => setWhole(true)}>
          {rest} more
        </button>
      ) : null}
    </section>
  );
}

/** Up and down go from one value to the next; Escape goes back to the rows. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === "Escape") {
    event.preventDefault();
    document.querySelector<HTMLElement>('.co-table tr[tabindex="0"]')?.focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("button[data-facet]")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all.at((at + step) % all.length)?.focus();
}
