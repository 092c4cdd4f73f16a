/**
 * A database with administrators of every role, and the procedures as each of them may call them.
 *
 * @module
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  Action,
  Details,
  NewEvent,
  NewUser,
  Role,
  Session,
  SessionId,
  User,
  UserActor,
} from "@postern/auth";
import { type AdminContext, type AdminDeps, createAdminCaller } from "@postern/rpc";
import { createAdminStreams } from "@postern/server/adapters/admin_streams.ts";
import { createDecisionBook } from "@postern/server/adapters/decision_book.ts";
import { createProviderClient } from "@postern/server/adapters/providers/create_provider_client.ts";
import { createOutgoing } from "@postern/server/adapters/providers/outgoing.ts";
import { type Core, openCore } from "@postern/server/compose.ts";
import { readConfig } from "@postern/server/config.ts";
import { after, type EpochMs, epochMs, hours, uuidV7 } from "@postern/std";
import { createSeededLimiter } from "./seeded_limiter.ts";
import { SYSTEM_EVENT } from "./system_event.ts";

type Streams = ReturnType<typeof createAdminStreams>;

/** What a test works with. */
export class Administration implements AsyncDisposable {
  readonly core: Core;
  readonly deps: AdminDeps;
  /** How often what counts was told of edited limits, and of rotated keys. */
  readonly reloads = { limits: 0, keys: 0 };
  /** Time as the rules see it. */
  now: EpochMs = epochMs(1_780_000_000_000);
  /** Counts that were forgotten: the limit and whom it counted. */
  readonly resets: string[] = [];
  /** What broke while nobody waited for it. */
  readonly reports: string[] = [];
  /** Addresses that are kept out. */
  readonly keptOut = new Set<string>();
  readonly limiter: ReturnType<typeof createSeededLimiter>;
  readonly book: ReturnType<typeof createDecisionBook>;
  /** How the server is, as it finds itself. */
  health = { ok: true, checks: [{ name: "database", ok: true, detail: "It takes writes" }] };
  readonly streams: Streams;
  #signup = "verify";
  readonly #folder: string | undefined;

  constructor(
    core: Core,
    given: { readonly streams: Streams; readonly folder?: string | undefined },
  ) {
    const { streams } = given;
    this.core = core;
    this.streams = streams;
    this.#folder = given.folder;
    const { store, random, sha256, rings, completeProvider } = core;
    const clock = { now: () => this.now };
    this.book = createDecisionBook(clock);
    this.limiter = createSeededLimiter(clock);
    this.deps = {
      clock,
      store,
      random,
      sha256,
      streams,
      limiter: this.limiter,
      isKeptOut: (ip) => this.keptOut.has(ip ?? ""),
      endingJobs: new Map(),
      report: (what, cause) => void this.reports.push(`${what}: ${cause}`),
      activity: {
        health: async () => this.health,
        sockets: () => 3,
        samples: () => [{ at: this.now, sessions: 1, sockets: 3 }],
      },
      decisions: this.book,
      resetCount: async (limit, subject) => void this.resets.push(`${limit} ${subject}`),
      sealer: rings.sealer,
      keyMaker: rings.maker,
      completeProvider,
      providerClient: createProviderClient({
        clock,
        log: { warn: () => undefined },
        outgoing: createOutgoing({ mayUseLoopback: true }),
        publicUrl: "http://localhost",
      }),
      settings: () => [
        { name: "SIGNUP", value: this.#signup, source: "default", editable: true },
        { name: "PASSWORD_MIN_LENGTH", value: 14, source: "environment", editable: false },
      ],
      reloadSettings: async () => {
        this.#signup = (await store.readSettings()).get("SIGNUP") ?? "verify";
      },
      reloadLimits: async () => {
        this.reloads.limits += 1;
      },
      reloadKeys: async () => {
        this.reloads.keys += 1;
        await rings.reload();
      },
      socketsOf: () => 2,
      countHolders: async () => ({ sockets: 0, consoles: 0 }),
    };
  }

  /** An event of the server itself. */
  event(action: Action, details: Details = {}): NewEvent {
    return { ...SYSTEM_EVENT, at: this.now, action, details };
  }

  /** Lets an event happen. */
  async note(action: Action, details: Details = {}, facts: Partial<NewEvent> = {}): Promise<void> {
    const event = { ...this.event(action, details), ...facts };
    await this.core.store.write(async () => ({ value: null, event }));
  }

  /** Lets time pass. */
  pass(ms: number): void {
    this.now = after(this.now, ms);
  }

  /** Adds a user, of a role or none. */
  async addUser(username: string, facts: Partial<NewUser> = {}): Promise<User> {
    const user: NewUser = {
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
      createdAt: this.now,
      ...facts,
    };
    const made = await this.core.store.write(async (tx) => ({
      value: await tx.insertUser(user),
      event: { ...SYSTEM_EVENT, at: this.now },
    }));
    if (!made.ok) throw new Error(`Cannot add ${username}: ${made.error.code}`);
    return made.value;
  }

  /** Adds a live session of a user. */
  async addSession(user: User, facts: Partial<Session> = {}): Promise<Session> {
    const session: Session = {
      id: uuidV7(this.core.random, this.now) as SessionId,
      userId: user.id,
      kind: "browser",
      method: "password",
      createdAt: this.now,
      seenAt: this.now,
      idleMs: hours(1),
      absoluteMs: hours(12),
      ip: "192.0.2.1",
      userAgent: "test",
      endedAt: null,
      endReason: null,
      console: null,
      ...facts,
    };
    await this.core.store.write(async (tx) => {
      await tx.insertSession(session, session.id);
      return { value: null, event: { ...SYSTEM_EVENT, at: this.now } };
    });
    return session;
  }

  /** The procedures, as a user of a role calls them who signed in a while ago. */
  as(user: User, signedInAgoMs = 0) {
    return this.call({ ok: true, value: this.actor(user, signedInAgoMs) });
  }

  /** The procedures, as whoever asks. */
  call(asker: AdminContext["asker"]) {
    return createAdminCaller({ deps: this.deps, asker });
  }

  /** Adds an administrator, and gives the procedures as that one calls them. */
  async admin(role: Role, username: string = role) {
    // With a way in: an owner without one is none of those who could take over.
    const user = await this.addUser(username, { role, passwordHash: "a hash" });
    return { user, procedures: this.as(user) };
  }

  /** The newest event of an action. */
  async newest(action: Action) {
    return (await this.core.store.listEvents({ action }, { limit: 1 })).items[0];
  }

  /** A user as an actor. */
  actor(user: User, signedInAgoMs: number): UserActor {
    return {
      type: "user",
      userId: user.id,
      username: user.username,
      role: user.role,
      sessionId: "console" as SessionId,
      signedInAt: epochMs(this.now - signedInAgoMs),
      requestId: "request",
      ip: "192.0.2.9",
      userAgent: "console",
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.core.close();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The code that a call is refused with; `none` where it is not. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "none";
  } catch (error) {
    return (error as { cause: { problem: { code: string } } }).cause.problem.code;
  }
}

/** Opens one, on a file of its own. */
export async function openAdministration(): Promise<Administration> {
  const folder = mkdtempSync(join(tmpdir(), "postern-admin-"));
  return await openAdministrationOf(join(folder, "test.db"), folder);
}

/**
 * Opens one, on a file that may be there.
 *
 * @param folder Taken away at the end; none where the file is to stay.
 */
export async function openAdministrationOf(path: string, folder?: string): Promise<Administration> {
  const config = readConfig({ DATABASE_URL: `file:${path}` });
  if (!config.ok) throw new Error(config.error.join("\n"));
  const streams = createAdminStreams();
  const onCommit = () => streams.committed();
  const core = await openCore(config.value, { mayCreate: true, onCommit });
  if (!core.ok) throw new Error(core.error.message);
  return new Administration(core.value, { streams, folder });
}
