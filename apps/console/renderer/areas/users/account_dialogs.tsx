/**
 * What is asked before something is done about somebody's account as a whole.
 *
 * @module
 */

import { useState } from "react";
import { toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field } from "../../parts/field.tsx";
import { deleteUser, inviteUser, requirePasswordChange, sendReset } from "./account_acts.ts";
import type { NamedUser } from "./user_acts.ts";

interface AccountDialogProps {
  readonly user: NamedUser;
  readonly onClose: () => void;
}

/** Asks for an address, and invites whoever reads its mail. */
export function openInvite(): void {
  openDialog((close) => <InviteDialog onClose={close} />);
}

/** Asks, and has a user change the password. */
export function openRequirePasswordChange(user: NamedUser): void {
  openDialog((close) => <RequireChangeDialog user={user} onClose={close} />);
}

/** Asks, and sends a user a link that sets a password. */
export function openSendReset(user: NamedUser): void {
  openDialog((close) => <SendResetDialog user={user} onClose={close} />);
}

/** Asks for the name once more, and deletes a user. */
export function openDeleteUser(user: NamedUser): void {
  openDialog((close) => <DeleteDialog user={user} onClose={close} />);
}

function InviteDialog({ onClose }: Pick<AccountDialogProps, "onClose">) {
  const [email, setEmail] = useState("");
  const address = email.trim();
  return (
    <ActionDialog
      title="Invite somebody"
      confirmLabel="Send the invitation"
      tone="plain"
      isBlocked={!address.includes("@")}
      act={() => inviteUser(address)}
      onDone={() => toasts.add(`An invitation is on its way to ${address}`)}
      onClose={onClose}
    >
      <p>
        A mail with a link, by which whoever reads it chooses a name and a password. It works while
        signing up is closed, too. A newer invitation voids an older one.
      </p>
      <Field label="Email" value={email} onChange={setEmail} isRequired />
    </ActionDialog>
  );
}

function RequireChangeDialog({ user, onClose }: AccountDialogProps) {
  return (
    <ActionDialog
      title={`Ask ${user.username} for another password?`}
      confirmLabel="Ask for another password"
      tone="plain"
      act={() => requirePasswordChange(user)}
      onDone={() => toasts.add(`${user.username} has to change the password at the next sign-in`)}
      onClose={onClose}
    >
      <p>
        The next sign-in with the password is answered by a link that sets another. Sessions that
        are open stay open: end them as well if somebody else may hold one.
      </p>
    </ActionDialog>
  );
}

function SendResetDialog({ user, onClose }: AccountDialogProps) {
  return (
    <ActionDialog
      title={`Send ${user.username} a link?`}
      confirmLabel="Send the link"
      tone="plain"
      act={() => sendReset(user)}
      onDone={() => toasts.add(`A link that sets a password is on its way to ${user.username}`)}
      onClose={onClose}
    >
      <p>
        The mail that “Forgot your password?” sends: its link sets a password, once, within 30
        minutes, and then ends every session.
      </p>
    </ActionDialog>
  );
}

function DeleteDialog({ user, onClose }: AccountDialogProps) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  return (
    <ActionDialog
      title={`Delete ${user.username}?`}
      confirmLabel={`Delete ${user.username}`}
      tone="danger"
      isBlocked={typed.trim().toLowerCase() !== user.username}
      act={() => deleteUser(user, reason.trim())}
      onDone={() => toasts.add(`${user.username} is deleted`)}
      onClose={onClose}
    >
      <p>
        Sessions, linked accounts and memberships go with the user, and the name is free again.
        Events stay. This cannot be undone; a block can.
      </p>
      <Field label="Why" value={reason} onChange={setReason} hint="Kept in the event" />
      <Field
        label={`Type ${user.username} to confirm`}
        value={typed}
        onChange={setTyped}
        isRequired
      />
    </ActionDialog>
  );
}
