/**
 * What can be done about somebody's account as a whole: let in, given another password, taken away.
 *
 * @module
 */

import { type Acted, act } from "../../calls/act.ts";
import { api } from "../../calls/api.ts";
import { type NamedUser, reloadUsers } from "./user_acts.ts";

/** Sends an invitation. Gives when its link runs out, RFC 3339. */
export async function inviteUser(email: string): Promise<Acted<string>> {
  const done = await act(`Invite ${email}`, () => api.users.invite.mutate({ email }));
  await reloadUsers();
  return done.ok ? { ok: true, value: done.value.expires_at } : done;
}

/** Has a user change the password at the next sign-in with it. */
export async function requirePasswordChange(user: NamedUser): Promise<Acted<unknown>> {
  const done = await act(`Ask ${user.username} for another password`, () =>
    api.users.requirePasswordChange.mutate({ id: user.id }),
  );
  await reloadUsers();
  return done;
}

/** Sends a user a link that sets a password. */
export async function sendReset(user: NamedUser): Promise<Acted<unknown>> {
  const done = await act(`Send ${user.username} a link`, () =>
    api.users.sendReset.mutate({ id: user.id }),
  );
  await reloadUsers();
  return done;
}

/** Deletes a user with all that belongs to it. */
export async function deleteUser(user: NamedUser, reason: string): Promise<Acted<unknown>> {
  const input = { id: user.id, ...(reason === "" ? {} : { reason }) };
  const done = await act(`Delete ${user.username}`, () => api.users.delete.mutate(input));
  await reloadUsers();
  return done;
}
