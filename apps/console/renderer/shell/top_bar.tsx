/**
 * What is always in sight: the server, the way to find anything, and how things stand.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import type { Profile } from "../../ipc/bridge.ts";
import { KeyCaps } from "../keys/key_caps.tsx";
import { ConnectionBadge } from "./connection_badge.tsx";
import { openPalette } from "./open_palette.tsx";
import { PersonMenu } from "./person_menu.tsx";
import { ProfileSwitcher } from "./profile_switcher.tsx";
import { WritableBadge } from "./writable_badge.tsx";
import { ZoneSwitch } from "./zone_switch.tsx";

/** Draws it. */
export function TopBar({ profile }: { readonly profile: Profile }) {
  return (
    <header className="co-bar">
      <ProfileSwitcher profile={profile} />
      <button type="button" className="co-finder" onClick={openPalette}>
        <Icon name="search" size={16} />
        <span className="co-finder-words">Find a user, an area, a command…</span>
        <KeyCaps keys="mod+k" />
      </button>
      <div className="co-bar-end">
        <WritableBadge />
        <ConnectionBadge />
        <ZoneSwitch />
        <PersonMenu />
      </div>
    </header>
  );
}
