/**
 * What is asked before something is done with one user.
 *
 * @module
 */

import type { AdminRole } from "@postern/wire";
import { useState } from "react";
import { noteUndoable, toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { ChangedMeanwhile } from "../../parts/changed_meanwhile.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field, PickField } from "../../parts/field.tsx";
import { UntilField } from "../../parts/until_field.tsx";
import { useNewer } from "../../parts/use_newer.ts";
import {
  blockUser,
  findUser,
  type NamedUser,
  noteBlocked,
  sessionWords,
  setUserRole,
  signOutUser,
} from "./user_acts.ts";

interface UserDialogProps {
  readonly user: NamedUser;
  readonly onClose: () => void;
}

/** Asks why and how long, and blocks. */
export function openBlockUser(user: NamedUser): void {
  openDialog((close) => <BlockDialog user={user} onClose={close} />);
}

/** Asks, and ends all sessions of a user. */
export function openSignOutUser(user: NamedUser): void {
  openDialog((close) => <SignOutDialog user={user} onClose={close} />);
}

/** Asks for a role, and gives it. */
export function openSetRole(user: NamedUser): void {
  openDialog((close) => <RoleDialog user={user} onClose={close} />);
}

function BlockDialog({ user, onClose }: UserDialogProps) {
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string | undefined | null>(undefined);
  return (
    <ActionDialog
      title={`Block ${user.username}?`}
      confirmLabel={`Block ${user.username}`}
      tone="danger"
      isBlocked={until === null}
      act={() => blockUser(user, { reason: reason.trim(), until: until ?? undefined })}
      onDone={(ended) => noteBlocked(user, ended)}
      onClose={onClose}
    >
      <p>
        Every session ends within a second, open connections with it, and no sign-in works until the
        block ends. It can be undone; the sessions cannot.
      </p>
      <Field
        label="Why"
        value={reason}
        onChange={setReason}
        lines={2}
        hint="Kept in the event and shown to administrators, never to the user"
      />
      <UntilField onChange={setUntil} />
    </ActionDialog>
  );
}

function SignOutDialog({ user, onClose }: UserDialogProps) {
  return (
    <ActionDialog
      title={`End every session of ${user.username}?`}
      confirmLabel="End every session"
      tone="danger"
      act={() => signOutUser(user)}
      onDone={(ended) => toasts.add(`${sessionWords(ended)} of ${user.username} ended`)}
      onClose={onClose}
    >
      <p>
        All devices and programs are signed out within a second. Whoever has the password can sign
        in again at once: block the user to keep somebody out.
      </p>
    </ActionDialog>
  );
}

const ROLES: readonly (readonly [AdminRole | "none", string])[] = [
  ["none", "None: no administrator"],
  ["auditor", "Auditor: sees all, changes nothing"],
  ["support", "Support: users and sessions"],
  ["security", "Security: all but roles and settings"],
  ["owner", "Owner: everything"],
];

function roleWords(role: AdminRole | null): string {
  return role ?? "no administrator";
}

function RoleDialog({ user: opened, onClose }: UserDialogProps) {
  const { shown: user, before, attempt } = useNewer(opened, () => findUser(opened.id));
  const [role, setRole] = useState<AdminRole | "none">(user.role ?? "none");
  const wanted = role === "none" ? null : role;
  return (
    <ActionDialog
      title={`Role of ${user.username}`}
      confirmLabel="Change the role"
      tone={role === "owner" ? "danger" : "plain"}
      isBlocked={wanted === user.role}
      act={() => attempt((shown) => setUserRole(shown, wanted))}
      onDone={() =>
        noteUndoable(`${user.username} is now ${roleWords(wanted)}`, {
          act: () => setUserRole({ ...user, role: wanted }, user.role),
          words: `${user.username} is ${roleWords(user.role)} again`,
        })
      }
      onClose={onClose}
    >
      <p>
        Every session of the user ends, since sessions of administrators are shorter. A console
        wants a password of 15 characters, or a second factor.
      </p>
      {before === null ? null : (
        <ChangedMeanwhile
          facts={[["Role", before.role ?? "none", user.role ?? "none"]]}
          onTake={() => setRole(user.role ?? "none")}
        />
      )}
      <PickField label="Role" value={role} onChange={setRole} choices={ROLES} />
    </ActionDialog>
  );
}
