/**
 * What stands in while a list of the account page is under way, at about its size.
 *
 * @module
 */

import "./list.css";

/** What the stand-in is handed. */
export interface ListGhostsProps {
  /** Read out in its place. */
  readonly label: string;
  readonly count: 1 | 2;
}

const ROWS = ["one", "two"] as const;

/** Draws empty rows. */
export function ListGhosts({ label, count }: ListGhostsProps) {
  return (
    <div className="pt-card pt-list" role="status" aria-label={label}>
      {ROWS.slice(0, count).map((row) => (
        <div key={row} className="pt-item" data-ghost>
          <span />
          <div>
            <div className="pt-item-ghost" />
            <div className="pt-item-ghost" />
          </div>
        </div>
      ))}
    </div>
  );
}
