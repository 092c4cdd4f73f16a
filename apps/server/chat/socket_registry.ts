/**
 * Which connections there are, to be found by what can end them: session, member, key.
 *
 * A connection is in it from before the last look at whether it may be, so that nothing that ends
 * meanwhile is missed.
 *
 * @module
 */

import type { SessionId, UserId } from "@postern/auth";
import { CLOSE_CODES, type CloseCode } from "@postern/wire";
import type { Connection } from "./connection.ts";

/** Connections, and what ends them. */
export interface SocketRegistry {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  endSession(id: SessionId): void;
  endMember(conversationId: string, userId: UserId): void;
  /** Ends those whose token was signed by a key that verifies no longer. */
  endOtherKeys(verifying: ReadonlyMap<string, unknown>): void;
  /** Ends those from addresses that are kept out. */
  endAddresses(isKeptOut: (ip: string) => boolean): void;
  endAll(code: CloseCode): void;
  /** Connections of a user to a conversation that are open. */
  ofMember(conversationId: string, userId: UserId): number;
  ofUser(userId: UserId): number;
  /** Has those of a user speak under another name. */
  rename(userId: UserId, username: string): void;
  ofAddress(addressKey: string): number;
  /** Connections whose token a key signed. Looks at all. */
  ofKey(keyId: string): number;
  ofConversation(conversationId: string): ReadonlySet<Connection>;
  /** Conversations with connections. */
  conversations(): Iterable<string>;
  all(): Iterable<Connection>;
  readonly size: number;
  /** What waits for those who read slowly, bytes. Looks at all. */
  readonly backlogBytes: number;
}

/** Makes an empty one. */
export function createSocketRegistry(): SocketRegistry {
  const all = new Set<Connection>();
  const indexes = {
    session: createIndex(({ sessionId }) => sessionId),
    member: createIndex(({ conversationId, user }) => memberKey(conversationId, user.id)),
    user: createIndex(({ user }) => String(user.id)),
    address: createIndex(({ addressKey }) => addressKey),
    conversation: createIndex(({ conversationId }) => conversationId),
  };
  return {
    add(connection) {
      all.add(connection);
      for (const index of Object.values(indexes)) index.add(connection);
    },
    remove(connection) {
      if (!all.delete(connection)) return;
      for (const index of Object.values(indexes)) index.remove(connection);
    },
    endSession: (id) => endEach(indexes.session.find(id), CLOSE_CODES.unauthenticated),
    endMember: (conversationId, userId) =>
      endEach(indexes.member.find(memberKey(conversationId, userId)), CLOSE_CODES.forbidden),
    endOtherKeys(verifying) {
      const others = [...all].filter(({ keyId }) => keyId !== null && !verifying.has(keyId));
      endEach(others, CLOSE_CODES.unauthenticated);
    },
    endAddresses(isKeptOut) {
      const kept = [...all].filter(({ actor }) => actor.ip !== null && isKeptOut(actor.ip));
      endEach(kept, CLOSE_CODES.forbidden);
    },
    endAll: (code) => endEach(all, code),
    ofMember(conversationId, userId) {
      let open = 0;
      for (const { isOpen } of indexes.member.find(memberKey(conversationId, userId))) {
        if (isOpen) open += 1;
      }
      return open;
    },
    ofUser: (userId) => indexes.user.find(String(userId)).size,
    rename(userId, username) {
      for (const connection of indexes.user.find(String(userId))) connection.username = username;
    },
    ofAddress: (addressKey) => indexes.address.find(addressKey).size,
    ofKey: (keyId) => [...all].filter((connection) => connection.keyId === keyId).length,
    ofConversation: (conversationId) => indexes.conversation.find(conversationId),
    conversations: () => indexes.conversation.keys(),
    all: () => all,
    get size() {
      return all.size;
    },
    get backlogBytes() {
      let bytes = 0;
      for (const connection of all) bytes += connection.backlogBytes;
      return bytes;
    },
  };
}

function memberKey(conversationId: string, userId: UserId): string {
  return `${conversationId} ${userId}`;
}

/** Copied first: what ends is taken out meanwhile. */
function endEach(connections: Iterable<Connection>, code: CloseCode): void {
  for (const connection of [...connections]) connection.end(code);
}

const NONE: ReadonlySet<Connection> = new Set();

/** One alone stands without a set around it: most have an address, and many a session, to themselves. */
function createIndex(keyOf: (connection: Connection) => string) {
  const found = new Map<string, Connection | Set<Connection>>();
  return {
    keys: () => found.keys(),
    find(key: string): ReadonlySet<Connection> {
      const those = found.get(key);
      if (those === undefined) return NONE;
      return those instanceof Set ? those : new Set([those]);
    },
    add(connection: Connection): void {
      const key = keyOf(connection);
      const those = found.get(key);
      if (those === undefined) found.set(key, connection);
      else if (those instanceof Set) those.add(connection);
      else found.set(key, new Set([those, connection]));
    },
    remove(connection: Connection): void {
      const key = keyOf(connection);
      const those = found.get(key);
      if (those === connection) found.delete(key);
      if (!(those instanceof Set)) return;
      those.delete(connection);
      if (those.size === 0) found.delete(key);
    },
  };
}
