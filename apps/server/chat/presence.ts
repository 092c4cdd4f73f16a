/**
 * Who is connected to a conversation, at whichever process, and telling those who are connected here.
 *
 * Nothing of it is stored. Processes tell each other who came and left, and ask each other when a
 * conversation gets its first connection or they have been apart. One that says nothing any more is
 * taken for gone, with all who were connected to it.
 *
 * @module
 */

import type { UserId } from "@postern/auth";
import { seconds } from "@postern/std";
import type { ChatUser, ServerFrame } from "@postern/wire";
import type { Bus } from "../bus_port.ts";
import { type Connection, topicOf } from "./connection.ts";
import { memberShape } from "./message_shape.ts";
import { PresenceElsewhere, type Rosters } from "./presence_elsewhere.ts";
import type { SocketRegistry } from "./socket_registry.ts";

/** How often a process says that it is there, and after how long a silence it is taken for gone. */
const BEAT_EVERY_MS = seconds(2);
const GONE_AFTER_MS = seconds(7);

/** What processes tell each other. */
type Said =
  | { readonly kind: "came" | "left"; readonly in: string; readonly user: ChatUser }
  | { readonly kind: "who"; readonly in: readonly string[] }
  | { readonly kind: "here"; readonly rosters: Rosters; readonly isAll: boolean }
  | { readonly kind: "beat" | "bye" };

/** What it is made with. */
export interface PresenceDeps {
  readonly bus: Bus;
  readonly sockets: Pick<SocketRegistry, "ofConversation" | "ofMember" | "conversations">;
  /** Sends to all connections of this process that listen to a topic. */
  readonly publish: (topic: string, text: string) => void;
}

/** Tells who is there. Begins to listen when it is made. */
export class Presence {
  readonly #deps: PresenceDeps;
  readonly #elsewhere: PresenceElsewhere;
  readonly #timer: Timer;
  /** Who has left since it was last told of, by conversation and then by id. */
  readonly #leaving = new Map<string, Map<string, ChatUser>>();
  #isTellingSoon = false;

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
    this.#elsewhere = new PresenceElsewhere({
      isTracked: (id) => this.#isAnybodyHere(id),
      changed: (id, user, state) => {
        const isHere = deps.sockets.ofMember(id, Number(user.id) as UserId) > 0;
        if (!isHere) this.#tell(id, user, state);
      },
    });
    deps.bus.subscribe("presence", (text, from) => this.#hear(JSON.parse(text) as Said, from));
    deps.bus.onConnected(() => this.#comeBack());
    this.#timer = setInterval(() => this.#beat(), BEAT_EVERY_MS);
  }

  /** A connection is open, and listens to nothing yet: tells it who is there. */
  greet(connection: Connection): void {
    const id = connection.conversationId;
    if (this.#elsewhere.track(id)) this.#say({ kind: "who", in: [id] });
    const there = new Map(this.#elsewhere.users(id).map((user) => [user.id, user]));
    for (const user of this.#usersHere(id)) there.set(user.id, user);
    there.delete(String(connection.user.id));
    for (const user of there.values()) connection.send({ type: "presence", user, state: "online" });
  }

  /** Tells the others, if it is the first of its user. */
  arrived({ conversationId: id, user }: Connection): void {
    if (this.#deps.sockets.ofMember(id, user.id) !== 1) return;
    const shape = memberShape(user);
    // Who is back before anybody was told that they had left is online still.
    const isBack = this.#leaving.get(id)?.delete(shape.id) === true;
    if (!(isBack || this.#elsewhere.has(id, shape))) this.#tell(id, shape, "online");
    this.#say({ kind: "came", in: id, user: shape });
  }

  /**
   * It is out of the registry: tells the others, if it was the last of its user. Later, for where many
   * end at once most of those who would be told are about to end, too.
   */
  left({ conversationId: id, user }: Connection): void {
    if (this.#deps.sockets.ofMember(id, user.id) !== 0) return;
    const shape = memberShape(user);
    const users = this.#leaving.get(id);
    if (users === undefined) this.#leaving.set(id, new Map([[shape.id, shape]]));
    else users.set(shape.id, shape);
    if (this.#isTellingSoon) return;
    this.#isTellingSoon = true;
    setImmediate(() => this.#tellWhoLeft());
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#say({ kind: "bye" });
  }

  #tellWhoLeft(): void {
    this.#isTellingSoon = false;
    const leaving = [...this.#leaving];
    this.#leaving.clear();
    for (const [id, users] of leaving) {
      const isHeard = this.#isAnybodyHere(id);
      for (const user of users.values()) {
        if (isHeard && !this.#elsewhere.has(id, user)) this.#tell(id, user, "offline");
        this.#say({ kind: "left", in: id, user });
      }
      this.#elsewhere.prune(id);
    }
  }

  #hear(said: Said, from: string): void {
    // One that was not known until now, or was taken for gone.
    const isNew = this.#elsewhere.note(from, performance.now());
    if (isNew && said.kind !== "bye") this.#askAll();
    switch (said.kind) {
      case "came":
        this.#elsewhere.add(from, said.in, said.user);
        break;
      case "left":
        this.#elsewhere.remove(from, said.in, said.user);
        break;
      case "who":
        this.#say({ kind: "here", rosters: this.#rostersOf(said.in), isAll: false });
        break;
      case "here":
        this.#elsewhere.replace(from, said.rosters, said.isAll);
        break;
      case "bye":
        this.#elsewhere.drop(from);
        break;
      case "beat":
        break;
    }
  }

  /** What was told while this process was away was missed, and so was what it said. */
  #comeBack(): void {
    const rosters = this.#rostersOf(this.#deps.sockets.conversations());
    this.#say({ kind: "here", rosters, isAll: true });
    this.#askAll();
  }

  #beat(): void {
    this.#say({ kind: "beat" });
    this.#elsewhere.dropSilent(performance.now() - GONE_AFTER_MS);
  }

  #askAll(): void {
    this.#say({ kind: "who", in: [...this.#deps.sockets.conversations()] });
  }

  #say(said: Said): void {
    this.#deps.bus.publish("presence", JSON.stringify(said));
  }

  #tell(id: string, user: ChatUser, state: "online" | "offline"): void {
    const frame: ServerFrame = { type: "presence", user, state };
    this.#deps.publish(topicOf(id), JSON.stringify(frame));
  }

  #rostersOf(ids: Iterable<string>): Rosters {
    const rosters = [...ids].map((id) => [id, this.#usersHere(id)] as const);
    return rosters.filter(([, users]) => users.length > 0);
  }

  #isAnybodyHere(id: string): boolean {
    for (const { isOpen } of this.#deps.sockets.ofConversation(id)) if (isOpen) return true;
    return false;
  }

  /** Users with an open connection here. */
  #usersHere(id: string): readonly ChatUser[] {
    const users = new Map<number, ChatUser>();
    for (const { isOpen, user } of this.#deps.sockets.ofConversation(id)) {
      if (isOpen && !users.has(user.id)) users.set(user.id, memberShape(user));
    }
    return [...users.values()];
  }
}
