/**
 * Whether the server can serve, check by check.
 *
 * @module
 */

import type { Summary } from "../../calls/shapes.ts";
import { CheckList } from "../../parts/check_list.tsx";
import { Section } from "../../parts/section.tsx";

/** Draws it. */
export function Health({ summary }: { readonly summary: Summary }) {
  const { ok, checks } = summary.health;
  return (
    <div className="co-wide">
      <Section
        title="Health"
        lead={ok ? "Every check of the server passes." : "Some checks of the server fail."}
      >
        <CheckList checks={checks} />
      </Section>
    </div>
  );
}
