/**
 * What a test of a provider found.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import type { ProviderRow } from "../../calls/shapes.ts";

type Checks = NonNullable<ProviderRow["health"]>["checks"];

/** Draws each check, and what it says. */
export function CheckList({ checks }: { readonly checks: Checks }) {
  return (
    <ul className="co-checks">
      {checks.map(({ name, ok, detail }) => (
        <li key={name} data-ok={ok}>
          <Icon name={ok ? "check" : "alert"} size={15} />
          <span>
            <strong>{name}</strong>
            <span className="pt-hidden">{ok ? " is well" : " fails"}</span> {detail}
          </span>
        </li>
      ))}
    </ul>
  );
}
