/**
 * What stands where somebody's role lets them see nothing.
 *
 * @module
 */

import type { AdminRole } from "@postern/wire";
import { StatePanel } from "../parts/state_panel.tsx";
import type { Area } from "../route/area_list.ts";

/** What it is handed. */
export interface ForbiddenAreaProps {
  readonly area: Area;
  readonly role: AdminRole | null;
}

/** Says whom to ask. */
export function ForbiddenArea({ area, role }: ForbiddenAreaProps) {
  return (
    <section className="co-area" aria-labelledby="area-title">
      <h1 id="area-title">{area.label}</h1>
      <StatePanel icon="lock" title="Your role does not reach here">
        {role === null
          ? "You have no role of administrators on this server. An owner can give you one."
          : `The role ${role} does not see ${area.label.toLowerCase()}. An owner of this server can give you another.`}
      </StatePanel>
    </section>
  );
}
