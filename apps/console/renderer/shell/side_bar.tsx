/**
 * The areas.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { addressText, placeOf } from "../route/address.ts";
import { AREAS, type AreaId } from "../route/area_list.ts";
import { useConsole } from "../state/console_state.ts";
import { isPermitted } from "../state/use_may.ts";

/** Draws them; those that a role does not reach are dim, and say so when opened. */
export function SideBar({ current }: { readonly current: AreaId }) {
  const state = useConsole();
  return (
    <nav className="co-side" aria-label="Areas">
      {AREAS.map((area) => (
        <a
          key={area.id}
          href={addressText(placeOf(area.id))}
          aria-current={area.id === current ? "page" : undefined}
          data-locked={!isPermitted(state, area.permission)}
          title={`${area.label} (g ${area.jump})`}
        >
          <Icon name={area.icon} size={18} />
          <span className="co-side-label">{area.label}</span>
          <span className="co-kbd" aria-hidden="true">
            g {area.jump}
          </span>
        </a>
      ))}
    </nav>
  );
}
