/**
 * Puts the parts together: first what the operator's commands need too, then the server around it.
 *
 * Only this file and `main.ts` know which adapter stands behind a port.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { type AuthStore, type Change, ensureKeys, type ProviderClient } from "@postern/auth";
import type { ChatStore } from "@postern/chat";
import {
  createAuthStore,
  createChatStore,
  createOutbox,
  createWriter,
  type Database,
  hasKeys,
  openDatabase,
  type StoredOutbox,
  seedLimits,
  type Writer,
} from "@postern/db";
import { type Clock, err, ok, type Random, type Result, type Sha256 } from "@postern/std";
import { deriveKey, random, sha256, systemClock } from "./adapters/crypto.ts";
import { createKeyRings } from "./adapters/key_rings.ts";
import { createProviderClient } from "./adapters/providers/create_provider_client.ts";
import { createOutgoing } from "./adapters/providers/outgoing.ts";
import { completeProvider } from "./adapters/providers/presets.ts";
import { createRedisLink } from "./adapters/redis/redis_link.ts";
import { databaseFile, findRootKey, loadRootKey, rootKeyPath } from "./adapters/root_key.ts";
import { createVault } from "./adapters/vault.ts";
import type { Config } from "./config.ts";
import type { KeyRings } from "./key_rings_port.ts";
import type { Log } from "./log_port.ts";

/** Database, keys and store: what every process that works on the data has. */
export interface Core {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  readonly store: AuthStore;
  readonly chat: ChatStore;
  readonly outbox: StoredOutbox;
  readonly rings: KeyRings;
  /** Signs what processes tell each other beside the database. */
  readonly busKey: Uint8Array;
  /** The newest change before anything that changes tell of was read. */
  readonly changesFrom: number;
  readonly writer: Writer;
  readonly providerClient: ProviderClient;
  /** Names a provider and its scopes as its kind and issuer suggest, where nothing else was said. */
  readonly completeProvider: typeof completeProvider;
  /** Salt that all signups of an address share. */
  readonly signupSalt: (emailKey: string) => Uint8Array;
  /** Writes the time to the disk; throws where that cannot be. */
  beat(): Promise<void>;
  /** Whether Redis answers; null where there is none. */
  probeRedis(): Promise<boolean | null>;
  close(): Promise<void>;
}

/** Why a process cannot begin, in one line for the operator. */
export interface CoreError {
  readonly code: string;
  readonly message: string;
}

/** How a core is told of what happens in it. */
export interface CoreHooks {
  readonly clock?: Clock;
  /** Whether a database and a root key are made where there are none; left out, that is an error. */
  readonly mayCreate?: boolean;
  /** Told of what providers answer, and of migrations; nothing is where it is left out. */
  readonly log?: Pick<Log, "info" | "warn">;
  /** What tokens name as issuer; asked when keys are loaded. */
  readonly issuer?: () => string;
  readonly onCommit?: (changes: readonly Change[]) => void;
  readonly observeCommit?: (durationMs: number) => void;
}

/** Opens database and keys. The first start makes the keys. */
export async function openCore(
  config: Config,
  hooks: CoreHooks = {},
): Promise<Result<Core, CoreError>> {
  const mayCreate = hooks.mayCreate ?? false;
  const missing = mayCreate ? undefined : missingDatabase(config);
  if (missing !== undefined) return err({ code: "no_database", message: missing });
  const clock = hooks.clock ?? systemClock;
  const opened = await openDatabase({
    ...config.database,
    clock,
    onMigrationStep: (step) => hooks.log?.info("migrating", { ...step }),
  });
  if (!opened.ok) return err({ code: opened.error.code, message: opened.error.detail });
  const database = opened.value;
  const root = await rootKeyOf(config, database, mayCreate);
  const core = root.ok
    ? await assemble({ config, clock, database, root: root.value, hooks })
    : root;
  if (!core.ok) await database.close();
  return core;
}

/** Why a command has nothing to work on; `undefined` where the database is there, or not a file here. */
function missingDatabase(config: Config): string | undefined {
  const path = databaseFile(config.database.url);
  if (path === undefined || existsSync(path)) return undefined;
  return `There is no database at ${path}: is this the folder of the server, and has it been started once?`;
}

/** Looks for keys first: a key file that is made meanwhile is there before they are. */
async function rootKeyOf(
  config: Config,
  database: Database,
  mayCreate: boolean,
): Promise<Result<Uint8Array, CoreError>> {
  if (config.secretKey !== undefined) return ok(config.secretKey);
  const path = rootKeyPath(config.database.url);
  const isMade = mayCreate && !(await hasKeys(database));
  const loaded = isMade ? loadRootKey(path, random) : findRootKey(path);
  return loaded.ok ? ok(loaded.value.bytes) : loaded;
}

async function probeRedis({ redisUrl }: Config): Promise<boolean | null> {
  if (redisUrl === undefined) return null;
  const link = createRedisLink({ url: redisUrl });
  await link.tried;
  const { isUp } = link;
  link.close();
  return isUp;
}

interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly database: Database;
  readonly root: Uint8Array;
  readonly hooks: CoreHooks;
}

/** Length of a salt, bytes. */
const SALT_BYTES = 16;

async function assemble(parts: Parts): Promise<Result<Core, CoreError>> {
  const { config, clock, database, root, hooks } = parts;
  const writer = createWriter({
    database,
    sha256,
    clock,
    onCommit: hooks.onCommit ?? (() => undefined),
    observe: ({ durationMs }) => hooks.observeCommit?.(durationMs),
  });
  const rings: KeyRings = createKeyRings({
    clock,
    random,
    store: { listKeys: () => store.listKeys() },
    vault: createVault({ random }),
    rootKey: { id: "root", bytes: deriveKey(root, "keys") },
    issuer: hooks.issuer ?? (() => config.publicUrl ?? ""),
  });
  const shared = { database, writer, random, sealer: rings.sealer };
  const store: AuthStore = createAuthStore(shared);
  await seedLimits(shared);
  await ensureKeys({ clock, store, keyMaker: rings.maker });
  const { position } = await store.bookkeeping.changesAfter(Number.MAX_SAFE_INTEGER);
  const loaded = await rings.reload();
  if (!loaded.ok) return loaded;
  return ok({
    config,
    clock,
    random,
    sha256,
    store,
    chat: createChatStore(shared),
    outbox: createOutbox(shared),
    rings,
    busKey: deriveKey(root, "bus"),
    changesFrom: position,
    writer,
    providerClient: createProviderClient({
      clock,
      log: hooks.log ?? { warn: () => undefined },
      outgoing: createOutgoing({ mayUseLoopback: !config.isHttps }),
      publicUrl: config.publicUrl ?? "http://localhost",
    }),
    completeProvider,
    signupSalt: (emailKey) => deriveKey(root, `signup-salt/${emailKey}`).slice(0, SALT_BYTES),
    beat: () => store.bookkeeping.beat(clock.now()),
    probeRedis: () => probeRedis(config),
    async close() {
      await writer.close();
      await database.close();
    },
  });
}
