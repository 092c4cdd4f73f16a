/**
 * A letter on a colour, to tell people apart at a glance. The name stands beside it.
 *
 * @module
 */

import type { ChatUser } from "@postern/wire";

/** Colours in `avatar.css`. */
const HUES = 6;

/** What it is handed. */
export interface AvatarProps {
  readonly user: ChatUser;
  /** Whether to mark somebody as connected. */
  readonly isHere?: boolean;
}

/** Draws it, in the same colour wherever somebody is shown. */
export function Avatar({ user, isHere = false }: AvatarProps) {
  return (
    <span className="pt-avatar" data-hue={Number(user.id) % HUES} aria-hidden="true">
      {[...user.username][0]?.toUpperCase()}
      {isHere ? <span className="pt-avatar-here" /> : null}
    </span>
  );
}
