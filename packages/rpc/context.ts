/**
 * What every procedure is handed: who asks, and what it works on.
 *
 * @module
 */

import type {
  AuthStore,
  HasActivity,
  HasDecisions,
  HasLimiter,
  KeyId,
  KeyMaker,
  Provider,
  ProviderClient,
  Sealer,
  UserActor,
  UserId,
} from "@postern/auth";
import type { Clock, Random, Result, Sha256 } from "@postern/std";
import type { ProblemCode } from "@postern/wire";
import type { EndingJobs } from "./ending_job.ts";
import type { Streams } from "./stream_port.ts";

/** A setting as it stands. */
export interface Setting {
  readonly name: string;
  readonly value: string | number | boolean | null | readonly string[];
  readonly source: "environment" | "console" | "default";
  /** Whether it can change while the server runs. */
  readonly editable: boolean;
}

/** A provider that is to be made. */
type NewProvider = Pick<Provider, "id" | "kind" | "issuer"> & {
  readonly scopes?: readonly string[] | undefined;
};

/** What the procedures work on. */
export interface AdminDeps extends HasActivity, HasDecisions, HasLimiter {
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  readonly store: AuthStore;
  readonly sealer: Sealer;
  readonly keyMaker: KeyMaker;
  readonly providerClient: ProviderClient;
  readonly streams: Streams;
  /** Tells whether an address is kept out by now. */
  readonly isKeptOut: (ip: string | null) => boolean;
  /** Empty at the start of the process. */
  readonly endingJobs: EndingJobs;
  /** Tells the operator of what broke while nobody waited for it. */
  readonly report: (what: string, cause: unknown) => void;
  /** Asks a provider for what its kind and issuer suggest, where nothing else was said. */
  readonly completeProvider: (given: NewProvider) => { readonly scopes: readonly string[] };
  /** All settings as they are in force, without secrets. */
  readonly settings: () => readonly Setting[];
  /** Puts edited limits in force in this process, before the answer. */
  readonly reloadLimits: () => Promise<void>;
  /** Puts edited settings in force in this process, before the answer. */
  readonly reloadSettings: () => Promise<void>;
  /** Puts rotated keys in force in this process, before the answer. */
  readonly reloadKeys: () => Promise<void>;
  /** Open WebSockets of a user in this process. */
  readonly socketsOf: (id: UserId) => number;
  /** Sockets and consoles whose sessions hold tokens of a key. */
  readonly countHolders: (key: KeyId) => Promise<{ sockets: number; consoles: number }>;
}

/** The context of one call. */
export interface AdminContext {
  readonly deps: AdminDeps;
  /** Who asks, or why it is nobody. */
  readonly asker: Result<UserActor, { readonly code: ProblemCode }>;
}
