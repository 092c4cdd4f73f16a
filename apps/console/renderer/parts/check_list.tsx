/**
 * What checks found.
 *
 * @module
 */

import { Icon } from "@postern/ui";

/** One check, and what it says. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Draws each check, and what it says. */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
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
