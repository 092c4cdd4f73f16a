/**
 * What the tests of this folder share: databases on temporary files, and things to put in them.
 *
 * @module
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  AuthStore,
  Change,
  NewEvent,
  NewUser,
  RefreshToken,
  RefreshTokenId,
  Sealer,
  Session,
  SessionId,
  User,
  UserId,
} from "@postern/auth";
import { type EpochMs, epochMs, hours, type Random, uuidV7 } from "@postern/std";
import { createAuthStore } from "./create_auth_store.ts";
import { createOutbox, type StoredOutbox } from "./create_outbox.ts";
import type { Database } from "./database.ts";
import { openDatabase } from "./open_database.ts";
import { createWriter, type Writer } from "./writer.ts";

/** When tests happen. */
export const NOW = epochMs(1_780_000_000_000);

/** Random bytes. */
export const random: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };

/** SHA-256 in base64url. */
export function sha256(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("base64url");
}

/** Seals by writing down for which place: enough to tell that a text is opened in its own. */
export const sealer: Sealer = {
  seal: (context, plaintext) => `v1.key-1.${context}.${btoa(plaintext)}`,
  open: (context, sealed) =>
    sealed.startsWith(`v1.key-1.${context}.`) ? atob(sealed.split(".").at(-1) ?? "") : null,
};

/** A database with its lane, its store and what was announced. */
export interface Opened extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
  readonly writer: Writer;
  readonly store: AuthStore;
  readonly outbox: StoredOutbox;
  readonly announced: Change[];
}

/** A path for a database that is not there yet. */
export function freshPath(): string {
  return join(mkdtempSync(join(tmpdir(), "postern-db-")), "test.db");
}

/** Opens a database, a fresh one where no URL is given, and closes it at the end of its scope. */
export async function openTest(url = `file:${freshPath()}`): Promise<Opened> {
  const opened = await openDatabase({ url, clock: { now: () => NOW } });
  if (!opened.ok) throw new Error(opened.error.detail);
  const database = opened.value;
  const announced: Change[] = [];
  const clock = { now: () => NOW };
  const onCommit = (changes: readonly Change[]) => announced.push(...changes);
  const writer = createWriter({ database, sha256, clock, onCommit });
  return {
    url,
    database,
    writer,
    store: createAuthStore({ database, writer, sealer, random }),
    outbox: createOutbox({ database, writer, sealer }),
    announced,
    [Symbol.asyncDispose]: async () => {
      await writer.close();
      await database.close();
    },
  };
}

/** Removes the folder of a database. */
export function removeDatabase(url: string): void {
  rmSync(join(url.slice("file:".length), ".."), { recursive: true, force: true });
}

/** A UUID of version 7. */
export function uuid(at: EpochMs = NOW): string {
  return uuidV7(random, at);
}

/** An event. */
export function event(facts: Partial<NewEvent> = {}): NewEvent {
  return {
    at: NOW,
    action: "login",
    actorType: "system",
    actorId: null,
    actorName: null,
    userId: null,
    username: null,
    ip: null,
    userAgent: null,
    success: true,
    details: {},
    requestId: "-",
    ...facts,
  };
}

/** A user that is not there yet. */
export function newUser(username: string, facts: Partial<NewUser> = {}): NewUser {
  return {
    username,
    email: `${username}@example.com`,
    emailVerified: true,
    name: null,
    picture: null,
    passwordHash: null,
    role: null,
    blockedAt: null,
    blockedUntil: null,
    blockReason: null,
    createdAt: NOW,
    ...facts,
  };
}

/** Adds a user. */
export async function addUser(store: AuthStore, user: NewUser): Promise<User> {
  const made = await store.write(async (tx) => ({
    value: await tx.insertUser(user),
    event: event({ action: "signup" }),
  }));
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

/** A session of a user. */
function newSession(userId: UserId, facts: Partial<Session> = {}): Session {
  const createdAt = facts.createdAt ?? NOW;
  return {
    id: uuid(createdAt) as SessionId,
    userId,
    kind: "browser",
    method: "password",
    createdAt,
    seenAt: createdAt,
    idleMs: hours(1),
    absoluteMs: hours(12),
    ip: "192.0.2.1",
    userAgent: "test",
    endedAt: null,
    endReason: null,
    console: null,
    ...facts,
  };
}

/** A refresh token of a session. */
export function newToken(sessionId: SessionId, facts: Partial<RefreshToken> = {}): RefreshToken {
  return {
    id: uuid() as RefreshTokenId,
    sessionId,
    keyId: "key-1",
    issuedAt: NOW,
    expiresAt: epochMs(NOW + hours(12)),
    spentAt: null,
    successor: null,
    ...facts,
  };
}

/** Adds a session with its first token. */
export async function addSession(
  store: AuthStore,
  userId: UserId,
  facts: Partial<Session> & Partial<Pick<RefreshToken, "keyId">> = {},
): Promise<{
  readonly session: Session;
  readonly token: RefreshToken;
  readonly secretHash: string;
}> {
  const { keyId = "key-1", ...ofSession } = facts;
  const session = newSession(userId, ofSession);
  const token = newToken(session.id, { keyId });
  const secretHash = sha256(session.id);
  await store.write(async (tx) => {
    await tx.insertSession(session, secretHash);
    await tx.insertRefreshToken(token);
    return { value: null, event: event() };
  });
  return { session, token, secretHash };
}
