/**
 * What can be done with one user, from a row, a panel, or the palette.
 *
 * @module
 */

import { type Acted, act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import type { UserRow } from "../../calls/shapes.ts";
import { noteActed, noteUndoable } from "../../calls/toasts.ts";

/** As much of a user as an act has to name. */
export type NamedUser = Pick<UserRow, "id" | "username" | "role">;

/** How a user is blocked. */
export interface BlockTerms {
  readonly reason: string;
  readonly until: string | undefined;
}

/** Blocks a user; the note offers to undo it. */
export async function blockUser(
  user: NamedUser,
  { reason, until }: BlockTerms,
): Promise<Acted<number>> {
  const input = {
    id: user.id,
    ...(reason === "" ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
  };
  const done = await act(`Block ${user.username}`, () => api.users.block.mutate(input));
  await reloadUsers();
  return done.ok ? { ok: true, value: done.value.sessions_ended } : done;
}

/** Says that a user is blocked, with a way back. */
export function noteBlocked(user: NamedUser, sessionsEnded: number): void {
  noteUndoable(`${user.username} is blocked; ${sessionWords(sessionsEnded)} ended`, {
    act: () => letIn(user),
    words: `${user.username} is let in again`,
  });
}

/** Lets a user in again, and notes it, with a way back. */
export async function unblockUser(
  user: NamedUser & Pick<UserRow, "block_reason" | "blocked_until">,
): Promise<void> {
  const done = await letIn(user);
  const words = `${user.username} is let in again`;
  if (done.ok) {
    const terms = { reason: user.block_reason ?? "", until: user.blocked_until ?? undefined };
    noteUndoable(words, {
      act: () => blockUser(user, terms),
      words: `${user.username} is blocked as before`,
    });
  } else noteActed(done, () => words);
}

/** Lets a user in again. */
export async function letIn(user: NamedUser): Promise<Acted<unknown>> {
  const done = await act(`Let ${user.username} in again`, () =>
    api.users.unblock.mutate({ id: user.id }),
  );
  await reloadUsers();
  return done;
}

/** Ends all sessions of a user. */
export async function signOutUser(user: NamedUser): Promise<Acted<number>> {
  const done = await act(`End every session of ${user.username}`, () =>
    api.users.signOut.mutate({ id: user.id }),
  );
  await reloadUsers();
  return done.ok ? { ok: true, value: done.value.sessions_ended } : done;
}

/** Gives a user a role, or takes it. */
export async function setUserRole(user: NamedUser, role: UserRow["role"]): Promise<Acted<unknown>> {
  const title =
    role === null ? `Take the role from ${user.username}` : `Make ${user.username} ${role}`;
  const input = { id: user.id, role, expected: user.role };
  const done = await act(title, () => api.users.setRole.mutate(input));
  await reloadUsers();
  return done;
}

/** A user as it is now. */
export async function findUser(id: string): Promise<NamedUser> {
  return await api.users.get.query({ id });
}

/** Asks anew for all that shows users. */
export async function reloadUsers(): Promise<void> {
  await reloadArea("users", "sessions", "overview", "audit");
}

/** Says how many sessions. */
export function sessionWords(count: number): string {
  return count === 1 ? "1 session" : `${count.toLocaleString("en")} sessions`;
}
