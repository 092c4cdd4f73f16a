/**
 * Changing one's own name, username and picture, and nothing else.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import { type Details, eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import { checkName, checkPicture } from "../users/check_profile.ts";
import { checkUsername } from "../users/check_username.ts";
import type { FieldProblem, InvalidFields } from "../users/field_problem.ts";
import type { User, UserPatch } from "../users/user.ts";

/** What is to change; what is left out stays, null takes away. */
export interface UpdateProfile {
  readonly name?: string | null | undefined;
  readonly username?: string | undefined;
  readonly picture?: string | null | undefined;
}

/** Why nothing changed. */
export type UpdateProfileError = InvalidFields | { readonly code: "session_ended" };

/** Changes the actor's own profile. */
export async function updateProfile(
  deps: HasClock & HasStore,
  actor: UserActor,
  command: UpdateProfile,
): Promise<Result<User, UpdateProfileError>> {
  const checked = check(command);
  if (!checked.ok) return checked;
  const patch = checked.value;
  const at = deps.clock.now();
  const user = await deps.store.findUser(actor.userId);
  if (user === null) return err({ code: "session_ended" });
  if (Object.keys(patch).length === 0) return ok(user);
  return await deps.store.write<Result<User, UpdateProfileError>>(async (tx) => {
    const updated = await tx.updateUser(user.id, patch);
    const event = eventOf(actor, {
      at,
      action: "profile_update",
      user,
      success: updated.ok,
      details: changes(user, patch),
    });
    return { value: updated.ok ? updated : taken(), event };
  });
}

function check(command: UpdateProfile): Result<UserPatch, InvalidFields> {
  const errors: FieldProblem[] = [];
  const patch: { -readonly [Field in keyof UserPatch]: UserPatch[Field] } = {};
  if (command.name !== undefined) {
    const name = checkName(command.name);
    if (name.ok) patch.name = name.value;
    else errors.push(name.error);
  }
  if (command.username !== undefined) {
    const username = checkUsername(command.username);
    if (username.ok) patch.username = username.value;
    else errors.push(username.error);
  }
  if (command.picture !== undefined) {
    const picture = checkPicture(command.picture);
    if (picture.ok) patch.picture = picture.value;
    else errors.push(picture.error);
  }
  return errors.length > 0 ? err({ code: "invalid_request", errors }) : ok(patch);
}

function changes(user: User, patch: UserPatch): Details {
  const { name, username, picture } = patch;
  return {
    ...(name === undefined ? {} : { name: { from: user.name, to: name } }),
    ...(username === undefined ? {} : { username: { from: user.username, to: username } }),
    ...(picture === undefined ? {} : { picture: { from: user.picture, to: picture } }),
  };
}

function taken() {
  const detail = "This username is taken; choose another";
  const problem = { path: "username", code: "username_taken", detail } as const;
  return err({ code: "invalid_request", errors: [problem] } as const);
}
