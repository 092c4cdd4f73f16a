/**
 * Who is connected at other processes, as far as those have told: of the conversations that somebody
 * is connected to here.
 *
 * @module
 */

import type { ChatUser } from "@postern/wire";

/** Users by conversation. */
export type Rosters = readonly (readonly [id: string, users: readonly ChatUser[]])[];

/** What it is made with. */
export interface PresenceElsewhereDeps {
  /** Whether somebody is connected to a conversation here. */
  readonly isTracked: (id: string) => boolean;
  /** Told when a user has come to any other place, or is gone from all of them. */
  readonly changed: (id: string, user: ChatUser, state: "online" | "offline") => void;
}

type Users = Map<string, ChatUser>;

/** Keeps what other processes, its places, have told. */
export class PresenceElsewhere {
  readonly #deps: PresenceElsewhereDeps;
  readonly #heardAt = new Map<string, number>();
  /** By conversation, then by place. */
  readonly #known = new Map<string, Map<string, Users>>();

  constructor(deps: PresenceElsewhereDeps) {
    this.#deps = deps;
  }

  /** Notes that a place was heard of. @returns whether it was not known. */
  note(place: string, at: number): boolean {
    const isNew = !this.#heardAt.has(place);
    this.#heardAt.set(place, at);
    return isNew;
  }

  add(place: string, id: string, user: ChatUser): void {
    if (!this.#deps.isTracked(id)) return;
    const isNew = !this.has(id, user);
    const places = this.#placesOf(id);
    const users: Users = places.get(place) ?? new Map();
    places.set(place, users.set(user.id, user));
    if (isNew) this.#deps.changed(id, user, "online");
  }

  remove(place: string, id: string, user: ChatUser): void {
    const places = this.#known.get(id);
    const users = places?.get(place);
    if (users?.delete(user.id) !== true) return;
    if (users.size === 0) places?.delete(place);
    if (!this.has(id, user)) this.#deps.changed(id, user, "offline");
  }

  /** Puts what a place says in the place of what it said before. @param isAll Whether what is left out is empty. */
  replace(place: string, rosters: Rosters, isAll: boolean): void {
    if (isAll) {
      const said = new Set(rosters.map(([id]) => id));
      for (const id of this.#known.keys()) if (!said.has(id)) this.#keepOnly(place, id, []);
    }
    for (const [id, users] of rosters) this.#keepOnly(place, id, users);
  }

  /** Forgets a place, and with it who was connected there. */
  drop(place: string): void {
    this.#heardAt.delete(place);
    for (const id of this.#known.keys()) this.#keepOnly(place, id, []);
  }

  /** Forgets places that were not heard of since. */
  dropSilent(since: number): void {
    for (const [place, at] of this.#heardAt) if (at < since) this.drop(place);
  }

  has(id: string, user: ChatUser): boolean {
    for (const users of this.#known.get(id)?.values() ?? []) if (users.has(user.id)) return true;
    return false;
  }

  users(id: string): readonly ChatUser[] {
    return [...(this.#known.get(id)?.values() ?? [])].flatMap((users) => [...users.values()]);
  }

  /** Begins to keep a conversation. @returns `false` where it was kept already. */
  track(id: string): boolean {
    if (this.#known.has(id)) return false;
    this.#placesOf(id);
    return true;
  }

  /** Forgets a conversation, if nobody is connected to it here. */
  prune(id: string): void {
    if (!this.#deps.isTracked(id)) this.#known.delete(id);
  }

  #placesOf(id: string): Map<string, Users> {
    const found = this.#known.get(id) ?? new Map<string, Users>();
    this.#known.set(id, found);
    return found;
  }

  #keepOnly(place: string, id: string, users: readonly ChatUser[]): void {
    const kept = new Set(users.map((user) => user.id));
    for (const user of [...(this.#known.get(id)?.get(place)?.values() ?? [])]) {
      if (!kept.has(user.id)) this.remove(place, id, user);
    }
    for (const user of users) this.add(place, id, user);
  }
}
