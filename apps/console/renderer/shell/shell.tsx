/**
 * The frame of the console: which server, which area, how things stand, and the area itself.
 *
 * @module
 */

import "./shell.css";
import "./narrow.css";
import { useEffect } from "react";
import type { Profile } from "../../ipc/bridge.ts";
import { AreaPage } from "../areas/area_page.tsx";
import { useKeys } from "../keys/use_keys.ts";
import { NoticeWatch } from "../notices/notice_watch.tsx";
import { placeOf } from "../route/address.ts";
import { AREAS, areaOf } from "../route/area_list.ts";
import { goTo, useAddress } from "../route/use_address.ts";
import { useConsole } from "../state/console_state.ts";
import { isPermitted } from "../state/use_may.ts";
import { ForbiddenArea } from "./forbidden_area.tsx";
import { openHelp } from "./open_help.tsx";
import { openPalette } from "./open_palette.tsx";
import { SideBar } from "./side_bar.tsx";
import { StaleStrip } from "./stale_strip.tsx";
import { TopBar } from "./top_bar.tsx";

/** Draws the frame. */
export function Shell({ profile }: { readonly profile: Profile }) {
  const state = useConsole();
  const address = useAddress();
  const area = areaOf(address.area);
  useShellKeys();
  useEffect(() => {
    document.title = `${area.label} · ${profile.name} · Postern`;
  }, [area.label, profile.name]);
  return (
    <div
      className="co-shell"
      data-color={profile.color}
      data-stale={state.connection === "offline"}
    >
      <button type="button" className="co-skip" onClick={skip}>
        Skip to the content
      </button>
      <NoticeWatch />
      <TopBar profile={profile} />
      <SideBar current={area.id} />
      <main className="co-main" id="content" tabIndex={-1}>
        <StaleStrip />
        {isPermitted(state, area.permission) ? (
          <AreaPage area={area.id} />
        ) : (
          <ForbiddenArea area={area} role={state.session?.role ?? null} />
        )}
      </main>
    </div>
  );
}

/** The fragment is the address of the area, so no link leads to the content. */
function skip(): void {
  document.getElementById("content")?.focus();
}

function useShellKeys(): void {
  useKeys([
    {
      keys: "mod+k",
      label: "Find anything",
      group: "Everywhere",
      inFields: true,
      run: openPalette,
    },
    { keys: "?", label: "This sheet", group: "Everywhere", run: openHelp },
    ...AREAS.map((area) => ({
      keys: `g ${area.jump}`,
      label: area.label,
      group: "Go to",
      run: () => goTo(placeOf(area.id)),
    })),
  ]);
}
