/**
 * Who a credential stands for, remembered until that may have changed.
 *
 * The hot path of every signed-in request: one look-up in a map. Whatever ends or changes what is
 * remembered removes it in the same step as the write; a reading of the store that was under way
 * meanwhile is not remembered.
 *
 * @module
 */

import type { Session, SessionId, User, UserId } from "@postern/auth";
import type { Clock, EpochMs } from "@postern/std";

/** What is remembered of a credential. */
export interface Warm {
  readonly user: User;
  readonly session: Session;
  /** When it must be read anew at the latest. */
  readonly expiresAt: EpochMs;
  /** When the credential itself runs out, if it does. */
  readonly tokenExpiresAt: EpochMs | null;
  /** Whom limits count. */
  readonly limitKey: string;
  /** Whether the browser's cookies of the session are due: they last no longer than it could rest when they were set. */
  areCookiesDue: boolean;
  /** Answer of `GET me`, made at its first use. */
  me: string | undefined;
}

/** A reading of the store that is under way. */
export interface Reading {
  /** Remembers what was read, unless it may have changed since the reading began. */
  keep(credential: string, warm: Warm): void;
}

/** Remembers who credentials stand for. */
export interface WarmSessions {
  /** @param kind Which the credential is meant for: one of the other kind is not found. */
  find(credential: string, kind: "token" | "cookie"): Warm | undefined;
  /** Call before reading the store. */
  beginReading(): Reading;
  forgetSession(id: SessionId): void;
  forgetUser(id: UserId): void;
  forgetAll(): void;
  readonly size: number;
}

/** Makes an empty memory of at most `limit` credentials; the longest kept goes first. */
export function createWarmSessions(clock: Clock, limit: number): WarmSessions {
  const index = createIndex();
  let generation = 0;

  function keep(credential: string, warm: Warm): void {
    index.drop(credential);
    const oldest = index.size() >= limit ? index.first() : undefined;
    if (oldest !== undefined) index.drop(oldest);
    index.add(credential, warm);
  }

  return {
    find(credential, kind) {
      const warm = index.get(credential);
      if (warm === undefined || (warm.tokenExpiresAt !== null) !== (kind === "token")) {
        return undefined;
      }
      if (clock.now() < warm.expiresAt) return warm;
      index.drop(credential);
      return undefined;
    },
    beginReading() {
      const began = generation;
      return {
        keep(credential, warm) {
          if (began === generation) keep(credential, warm);
        },
      };
    },
    forgetSession(id) {
      generation += 1;
      index.dropSession(id);
    },
    forgetUser(id) {
      generation += 1;
      index.dropUser(id);
    },
    forgetAll() {
      generation += 1;
      index.clear();
    },
    get size() {
      return index.size();
    },
  };
}

/** What is remembered, to be found by credential, by session and by user. */
function createIndex() {
  const byCredential = new Map<string, Warm>();
  const bySession = new Map<SessionId, Set<string>>();
  const byUser = new Map<UserId, Set<string>>();

  function drop(credential: string): void {
    const warm = byCredential.get(credential);
    if (warm === undefined) return;
    byCredential.delete(credential);
    removeFrom(bySession, warm.session.id, credential);
    removeFrom(byUser, warm.user.id, credential);
  }

  return {
    get: (credential: string) => byCredential.get(credential),
    size: () => byCredential.size,
    first: () => byCredential.keys().next().value,
    drop,
    dropSession: (id: SessionId) => [...(bySession.get(id) ?? [])].forEach(drop),
    dropUser: (id: UserId) => [...(byUser.get(id) ?? [])].forEach(drop),
    add(credential: string, warm: Warm): void {
      byCredential.set(credential, warm);
      addTo(bySession, warm.session.id, credential);
      addTo(byUser, warm.user.id, credential);
    },
    clear(): void {
      byCredential.clear();
      bySession.clear();
      byUser.clear();
    },
  };
}

function addTo<K>(map: Map<K, Set<string>>, key: K, credential: string): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, new Set([credential]));
  else found.add(credential);
}

function removeFrom<K>(map: Map<K, Set<string>>, key: K, credential: string): void {
  const found = map.get(key);
  found?.delete(credential);
  if (found?.size === 0) map.delete(key);
}
