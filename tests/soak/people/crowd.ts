/**
 * Members of conversations, each connected several times, as with several devices.
 *
 * @module
 */

import { freshAddress } from "../../support/deployment.ts";
import { attempt, DONE, isDone, type Outcome } from "../outcome.ts";
import type { World } from "../world.ts";
import { type Program, refresh, takeTokens } from "./programs.ts";
import { Seat } from "./seat.ts";

/** Everybody who is connected. */
export interface Crowd {
  readonly conversations: readonly Conversation[];
  readonly seats: readonly Seat[];
  /** One of them says something. */
  speak(): Promise<Outcome>;
  /** Waits until so many are connected; false where that took too long. */
  untilReady(share: number, withinMs: number): Promise<boolean>;
  leave(): void;
}

/** A conversation, and a member of it who reads it at the end. */
export interface Conversation {
  readonly id: string;
  readonly reader: Program;
}

/** Members of a conversation, at most. */
const MEMBERS = 50;

/** Connections to a conversation. */
const SEATS = 100;

/** Seats that connect at once. */
const AT_ONCE = 50;

const LOOK_EVERY_MS = 100;

/** A prime, so that those who speak go round through all. */
const STRIDE = 37;

/** The members that are not new get by with this much of a token. */
const MARGIN_MS = 90_000;

/** Starts conversations and takes as many seats as are wanted. */
export async function gatherCrowd(
  world: World,
  members: readonly Program[],
  wanted: number,
): Promise<Crowd> {
  const conversations: Conversation[] = [];
  const seats: Seat[] = [];
  while (seats.length < wanted) {
    const from = (conversations.length * 7) % members.length;
    const those = [...members.slice(from), ...members.slice(0, from)].slice(0, MEMBERS);
    const conversation = await startConversation(world, those);
    conversations.push(conversation);
    const more = Math.min(SEATS, wanted - seats.length);
    for (let index = 0; index < more; index += 1) {
      const member = those[index % those.length];
      if (member === undefined) throw new TypeError("Cannot take a seat: there is no member");
      const options = { world, conversation: conversation.id, address: freshAddress() };
      seats.push(new Seat({ ...options, token: (isNew) => tokenOf(world, member, isNew) }));
    }
  }
  for (let at = 0; at < seats.length; at += AT_ONCE) {
    await Promise.all(seats.slice(at, at + AT_ONCE).map((seat) => seat.sit()));
    await Bun.sleep(LOOK_EVERY_MS);
  }
  return crowdOf(conversations, seats);
}

function crowdOf(conversations: readonly Conversation[], seats: readonly Seat[]): Crowd {
  let next = 0;
  return {
    conversations,
    seats,
    async speak() {
      next = (next + STRIDE) % seats.length;
      const inTurn = [...seats.slice(next), ...seats.slice(0, next)];
      const seat = inTurn.find(({ isReady }) => isReady);
      if (seat !== undefined) return await seat.say(`Soaked through, ${next}`);
      return { as: "failed", detail: "Nobody is connected to the chat" };
    },
    async untilReady(share, withinMs) {
      const deadline = performance.now() + withinMs;
      const isEnough = () => seats.filter(({ isReady }) => isReady).length >= share * seats.length;
      while (!isEnough() && performance.now() < deadline) await Bun.sleep(LOOK_EVERY_MS);
      return isEnough();
    },
    leave() {
      for (const seat of seats) seat.leave();
    },
  };
}

async function startConversation(world: World, members: readonly Program[]): Promise<Conversation> {
  const [reader, ...others] = members;
  if (reader === undefined) throw new TypeError("Cannot start a conversation of nobody");
  const headers = { Authorization: `Bearer ${await tokenOf(world, reader, false)}` };
  const body = { title: "Soak", members: others.map(({ holder }) => holder.username) };
  const request = { csrf: false, headers };
  const answer = await attempt(reader.visitor.post("/api/v1/conversations", body, request));
  if (!isDone(answer)) throw new Error(`Cannot start a conversation: ${answer?.text}`);
  return { id: (answer.json as { readonly id: string }).id, reader };
}

/** Refreshes and sign-ins under way: all seats of a member wait for the same one. */
const underWay = new Map<Program, Promise<Outcome>>();

/** The member's access token, once it is good for a while; null where none can be had now. */
async function tokenOf(world: World, member: Program, isNew: boolean): Promise<string | null> {
  const { tokens } = member;
  if (tokens !== null && !isNew && tokens.expiresAt - MARGIN_MS > world.now()) return tokens.access;
  const running = underWay.get(member);
  const renewing = running ?? renew(world, member);
  if (running === undefined) {
    underWay.set(member, renewing);
    renewing.finally(() => underWay.delete(member)).catch(() => undefined);
  }
  const outcome = await renewing;
  return outcome.as === "done" ? (member.tokens?.access ?? null) : null;
}

async function renew(world: World, member: Program): Promise<Outcome> {
  const outcome =
    member.tokens === null ? await takeTokens(world, member) : await refresh(world, member);
  if (outcome.as === "odd") world.ledger.breaks(outcome.detail);
  // A lineage that had to end is begun anew.
  if (outcome.as === "done" && member.tokens === null) return await takeTokens(world, member);
  return outcome.as === "done" ? DONE : outcome;
}
