/**
 * What can be done with many users.
 *
 * @module
 */

import { useState } from "react";
import { allPages } from "../../bulk/all_pages.ts";
import { BulkDialog } from "../../bulk/bulk_dialog.tsx";
import type { BulkTarget } from "../../bulk/run_bulk.ts";
import type { Acted } from "../../calls/act.ts";
import type { UserRow } from "../../calls/shapes.ts";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field } from "../../parts/field.tsx";
import { UntilField } from "../../parts/until_field.tsx";
import { hindranceOf } from "../../state/use_may.ts";
import type { BulkAction, Chosen } from "../../table/list_spec.ts";
import { fetchUsers } from "./fetch_users.ts";
import { blockUser, letIn, type NamedUser, signOutUser } from "./user_acts.ts";

interface UserBulkProps {
  readonly chosen: Chosen<UserRow>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A user among the targets. */
interface UserTarget extends BulkTarget {
  readonly user: NamedUser;
}

/** All of them. */
export const USER_BULK: readonly BulkAction<UserRow>[] = [
  {
    label: "End their sessions…",
    tone: "danger",
    hindrance: (state) => hindranceOf(state, "users.sign_out"),
    open: (chosen, onDone) =>
      openDialog((close) => <SignOutMany chosen={chosen} onDone={onDone} onClose={close} />),
  },
  {
    label: "Block…",
    tone: "danger",
    hindrance: (state) => hindranceOf(state, "users.block"),
    open: (chosen, onDone) =>
      openDialog((close) => <BlockMany chosen={chosen} onDone={onDone} onClose={close} />),
  },
];

function SignOutMany({ chosen, onDone, onClose }: UserBulkProps) {
  return (
    <BulkDialog
      title={`End every session of ${wordsOf(chosen)}?`}
      confirmLabel="End their sessions"
      isDanger
      total={totalOf(chosen)}
      targets={() => targetsOf(chosen)}
      act={(target) => signOutUser(userIn(target))}
      onRan={onDone}
      onClose={onClose}
    >
      <p>All their devices and programs are signed out within a second. They can sign in again.</p>
    </BulkDialog>
  );
}

function BlockMany({ chosen, onDone, onClose }: UserBulkProps) {
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string | undefined | null>(undefined);
  const terms = { reason: reason.trim(), until: until ?? undefined };
  return (
    <BulkDialog
      title={`Block ${wordsOf(chosen)}?`}
      confirmLabel="Block them"
      isDanger
      total={totalOf(chosen)}
      targets={() => targetsOf(chosen)}
      act={(target): Promise<Acted<unknown>> => blockUser(userIn(target), terms)}
      undo={(target) => letIn(userIn(target))}
      onRan={onDone}
      onClose={onClose}
    >
      <p>
        Every session of theirs ends within a second, and no sign-in works until the block ends.
      </p>
      <Field label="Why" value={reason} onChange={setReason} lines={2} hint="Kept in each event" />
      <UntilField onChange={setUntil} />
    </BulkDialog>
  );
}

async function* targetsOf(chosen: Chosen<UserRow>): AsyncGenerator<UserTarget> {
  const users = chosen.kind === "some" ? chosen.rows : allPages(fetchUsers, chosen.query);
  for await (const user of users) yield { id: user.id, label: user.username, user };
}

function userIn(target: BulkTarget): NamedUser {
  return "user" in target
    ? (target as UserTarget).user
    : { id: target.id, username: target.label, role: null };
}

function totalOf(chosen: Chosen<UserRow>): number | null {
  return chosen.kind === "some" ? chosen.rows.length : null;
}

function wordsOf(chosen: Chosen<UserRow>): string {
  if (chosen.kind === "all") return "all users that match";
  return chosen.rows.length === 1
    ? (chosen.rows[0]?.username ?? "")
    : `${chosen.rows.length} users`;
}
