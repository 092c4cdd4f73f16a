/**
 * Which server this is, always in sight, and the way to another.
 *
 * @module
 */

import type { Profile } from "../../ipc/bridge.ts";
import { bridge } from "../calls/api.ts";
import { Dialog } from "../parts/dialog.tsx";
import { openDialog } from "../parts/dialogs.tsx";
import { below, type MenuItem, openMenu } from "../parts/menus.tsx";
import { useConsole } from "../state/console_state.ts";
import { ProfileForm } from "./profile_form.tsx";
import { RemoveProfileDialog } from "./remove_profile_dialog.tsx";

/** Draws the name of the current server; it opens the list of all. */
export function ProfileSwitcher({ profile }: { readonly profile: Profile }) {
  const { profiles } = useConsole();
  return (
    <button
      type="button"
      className="co-profile"
      data-color={profile.color}
      aria-haspopup="menu"
      title="Switch to another server"
      onClick={(event) => {
        openMenu("Servers", below(event.currentTarget), profileItems(profiles, profile));
      }}
    >
      <span className="co-profile-dot" aria-hidden="true" />
      <span className="co-profile-name">{profile.name}</span>
      <span className="pt-hidden">, the server. Switch to another</span>
      {profile.production ? <span className="co-profile-kind">production</span> : null}
    </button>
  );
}

function profileItems(profiles: readonly Profile[], current: Profile): readonly MenuItem[] {
  return [
    ...profiles.map(
      (one): MenuItem => ({
        kind: "item",
        label: one.name,
        hint: URL.parse(one.url)?.host ?? "",
        isChecked: one.id === current.id,
        run: () => void bridge.openProfile(one.id),
      }),
    ),
    { kind: "heading", label: "This console" },
    { kind: "item", label: "Add a server…", run: () => openProfileForm(null) },
    { kind: "item", label: `Edit ${current.name}…`, run: () => openProfileForm(current) },
    {
      kind: "item",
      label: `Remove ${current.name}…`,
      tone: "danger",
      run: () => openDialog((close) => <RemoveProfileDialog profile={current} onClose={close} />),
    },
  ];
}

/** Opens the form of a server; null for a new one. */
export function openProfileForm(profile: Profile | null): void {
  openDialog((close) => (
    <Dialog title={profile === null ? "Add a server" : `Edit ${profile.name}`} onClose={close}>
      <ProfileForm
        profile={profile}
        submitLabel={profile === null ? "Add this server" : "Save"}
        onDone={close}
      />
    </Dialog>
  ));
}
