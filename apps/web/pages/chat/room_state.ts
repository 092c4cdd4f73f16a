/**
 * A conversation as its page sees it, and how each thing that happens changes that.
 *
 * Pure: no network, and the time is handed in.
 *
 * @module
 */

import type { ChatState, HistoryPiece } from "@postern/client";
import type { ChatMessage, ChatUser, ConversationSummary } from "@postern/wire";
import { mergeMessages } from "./merge_messages.ts";

/** How long somebody is taken to be typing after a sign of it, milliseconds. Longer than between two signs. */
const TYPING_SHOWN_MS = 6_000;

/** A message of one's own that is not among the stored ones yet. */
export interface Outgoing {
  readonly id: string;
  readonly text: string;
  /** When it was written, milliseconds since the epoch. */
  readonly atMs: number;
  /** Set where no connection will carry it any more, and one has to say what is to become of it. */
  readonly isFailed: boolean;
}

/** Somebody who is typing, until when. */
export interface Typist {
  readonly user: ChatUser;
  readonly untilMs: number;
}

/** All that is drawn. */
export interface RoomState {
  /** Without gaps; empty before the newest have come. */
  readonly messages: readonly ChatMessage[];
  readonly isLoaded: boolean;
  readonly hasOlder: boolean;
  readonly outgoing: readonly Outgoing[];
  readonly chat: ChatState;
  /** The others who are connected, by their ids. */
  readonly here: ReadonlyMap<string, ChatUser>;
  readonly typists: readonly Typist[];
  /** Whether what arrives is seen at once. */
  readonly isReading: boolean;
  /** Of the newest message that was seen. */
  readonly seenSeq: number;
  /** `seq` after which messages are marked as new; null where none are. */
  readonly newAfter: number | null;
}

/** A room that has just been entered, with what was read of it before. */
export function newRoom(
  outgoing: readonly Outgoing[],
  { seq, read_seq: seenSeq }: Pick<ConversationSummary, "seq" | "read_seq">,
): RoomState {
  return {
    messages: [],
    isLoaded: false,
    hasOlder: false,
    outgoing,
    chat: { name: "connecting" },
    here: new Map(),
    typists: [],
    isReading: false,
    seenSeq,
    newAfter: seenSeq < seq ? seenSeq : null,
  };
}

/** A message was told. */
export function withMessage(state: RoomState, message: ChatMessage, userId: string): RoomState {
  const isOwn = message.user.id === userId;
  const isSeen = state.isReading || isOwn;
  // The first one that is not seen at once begins what is new.
  const isFirstUnseen = !isSeen && state.seenSeq === message.seq - 1;
  const newAfter = isFirstUnseen ? state.seenSeq : state.newAfter;
  return {
    ...state,
    messages: mergeMessages(state.messages, [message]),
    outgoing: isOwn ? without(state.outgoing, message.id) : state.outgoing,
    typists: state.typists.filter(({ user }) => user.id !== message.user.id),
    seenSeq: isSeen ? message.seq : state.seenSeq,
    newAfter: isOwn ? null : newAfter,
  };
}

/** A piece of history was answered. It may hold what was taken for not stored. */
export function withHistory(
  state: RoomState,
  piece: Extract<HistoryPiece, { ok: true }>,
  userId: string,
): RoomState {
  const stored = new Set(
    piece.messages.filter(({ user }) => user.id === userId).map(({ id }) => id),
  );
  const messages = mergeMessages(state.messages, piece.messages);
  const newest = messages.at(-1)?.seq ?? 0;
  return {
    ...state,
    messages,
    isLoaded: true,
    hasOlder: piece.more,
    seenSeq: state.isReading ? Math.max(state.seenSeq, newest) : state.seenSeq,
    outgoing: state.outgoing.filter(({ id }) => !stored.has(id)),
  };
}

/** A message is on its way, for the first time or again. */
export function withOutgoing(state: RoomState, message: Outgoing): RoomState {
  return { ...state, outgoing: [...without(state.outgoing, message.id), message], newAfter: null };
}

/** A message is stored. One that is newer than all that was told is drawn until it is told, too. */
export function withStored(state: RoomState, id: string, seq: number): RoomState {
  const isTold = seq <= (state.messages.at(-1)?.seq ?? 0);
  return isTold ? withoutOutgoing(state, id) : state;
}

/** A message is given up. */
export function withoutOutgoing(state: RoomState, id: string): RoomState {
  return { ...state, outgoing: without(state.outgoing, id) };
}

/** No connection will carry a message any more. */
export function withFailed(state: RoomState, id: string): RoomState {
  const outgoing = state.outgoing.map((message) =>
    message.id === id ? { ...message, isFailed: true } : message,
  );
  return { ...state, outgoing };
}

/** The connection stands otherwise. Who is here is told anew by each that opens. */
export function withChat(state: RoomState, chat: ChatState): RoomState {
  return { ...state, chat, here: new Map(), typists: [] };
}

/** Somebody came or went. */
export function withPresence(state: RoomState, user: ChatUser, isOnline: boolean): RoomState {
  const here = new Map(state.here);
  if (isOnline) here.set(user.id, user);
  else here.delete(user.id);
  const typists = state.typists.filter((typist) => isOnline || typist.user.id !== user.id);
  return { ...state, here, typists };
}

/** Somebody is typing. */
export function withTypist(state: RoomState, user: ChatUser, nowMs: number): RoomState {
  const others = state.typists.filter((typist) => typist.user.id !== user.id);
  return { ...state, typists: [...others, { user, untilMs: nowMs + TYPING_SHOWN_MS }] };
}

/** Time has passed; the same state where nobody stopped typing. */
export function withTime(state: RoomState, nowMs: number): RoomState {
  const typists = state.typists.filter(({ untilMs }) => untilMs > nowMs);
  return typists.length === state.typists.length ? state : { ...state, typists };
}

/** One looks at the newest messages, or away. */
export function withReading(state: RoomState, isReading: boolean): RoomState {
  const newest = state.messages.at(-1)?.seq ?? 0;
  const seenSeq = isReading ? Math.max(state.seenSeq, newest) : state.seenSeq;
  const isSame = state.isReading === isReading && state.seenSeq === seenSeq;
  return isSame ? state : { ...state, isReading, seenSeq };
}

function without(outgoing: readonly Outgoing[], id: string): readonly Outgoing[] {
  return outgoing.some((message) => message.id === id)
    ? outgoing.filter((message) => message.id !== id)
    : outgoing;
}
