/**
 * A database with many sealed tokens of providers, and processes that seal them anew.
 *
 * @module
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  eventOf,
  type Identity,
  type IdentityId,
  providerContext,
  SYSTEM,
  tokenContext,
  type UserId,
} from "@postern/auth";
import { type Core, openCore } from "@postern/server/compose.ts";
import { readConfig } from "@postern/server/config.ts";
import { epochMs, uuidV7 } from "@postern/std";

const ROOT = resolve(import.meta.dir, "../..");

/** How many identities are written in one transaction. */
const AT_ONCE = 500;

/** Where a process runs, and on what terminal; left out: in the repository, on none. */
export interface SpawnOptions {
  readonly cwd?: string;
  readonly terminal?: Bun.TerminalOptions;
}

/** A folder with a database, as a process sees it that has opened it. */
export interface SealedTokens extends AsyncDisposable {
  readonly core: Core;
  readonly identities: readonly IdentityId[];
  /** Starts Bun with arguments, beside this process. */
  spawn(args: readonly string[], options?: SpawnOptions): Bun.Subprocess;
}

/** Makes a database with one provider and that many identities of one user, each with two tokens. */
export async function openSealedTokens(
  count: number,
  issuer = "https://acme.test",
): Promise<SealedTokens> {
  const folder = await mkdtemp(join(tmpdir(), "postern-sealed-"));
  const env = {
    DATABASE_URL: `file:${join(folder, "postern.db")}`,
    SECRET_KEY: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url"),
  };
  const config = readConfig(env);
  if (!config.ok) throw new Error(config.error.join("\n"));
  const core = await openCore(config.value, { mayCreate: true });
  if (!core.ok) throw new Error(core.error.message);
  const { PATH = "", HOME = "" } = process.env;
  return {
    core: core.value,
    identities: await fill(core.value, issuer, count),
    spawn: (args, options) =>
      Bun.spawn([process.execPath, ...args], {
        cwd: ROOT,
        env: { PATH, HOME, USER: "operator", ...env },
        stdio: ["ignore", "pipe", "pipe"],
        ...options,
      }),
    async [Symbol.asyncDispose]() {
      await core.value.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What an identity's tokens are. */
export function plainTokens(id: IdentityId): { readonly access: string; readonly refresh: string } {
  return { access: `access token of ${id}`, refresh: `refresh token of ${id}` };
}

/** Opens an identity's tokens. */
export async function openTokens(
  { store, rings }: Core,
  id: IdentityId,
): Promise<{ readonly access: string | null; readonly refresh: string | null }> {
  const tokens = await store.findIdentityTokens(id);
  return {
    access: rings.sealer.open(tokenContext(id, "access"), tokens?.sealedAccess ?? ""),
    refresh: rings.sealer.open(tokenContext(id, "refresh"), tokens?.sealedRefresh ?? ""),
  };
}

async function fill(core: Core, issuer: string, count: number): Promise<readonly IdentityId[]> {
  const userId = await addUserAndProvider(core, issuer);
  const at = core.clock.now();
  const ids = Array.from({ length: count }, () => uuidV7(core.random, at) as IdentityId);
  for (let start = 0; start < count; start += AT_ONCE) {
    await core.store.write(async (tx) => {
      for (const id of ids.slice(start, start + AT_ONCE)) {
        await tx.insertIdentity({ ...newIdentity(id, userId, at), issuer });
        await tx.saveIdentityTokens(sealed(core, id));
      }
      return { value: null, event: eventOf(SYSTEM, { at, action: "oauth_link" }) };
    });
  }
  return ids;
}

async function addUserAndProvider({ store, clock, rings }: Core, issuer: string): Promise<UserId> {
  const at = clock.now();
  return await store.write(async (tx) => {
    await tx.insertProvider({
      id: "acme",
      kind: "oidc",
      name: "Acme",
      issuer,
      clientId: "client",
      scopes: [],
      isEnabled: true,
      leaving: null,
      source: "console",
      createdAt: at,
      updatedAt: at,
      sealedSecret: rings.sealer.seal(providerContext("acme"), "client secret"),
      sealedPreviousSecret: null,
    });
    const user = await tx.insertUser({
      username: "ada",
      email: "ada@example.com",
      emailVerified: true,
      name: null,
      picture: null,
      passwordHash: null,
      role: null,
      blockedAt: null,
      blockedUntil: null,
      blockReason: null,
      createdAt: at,
    });
    if (!user.ok) throw new Error(user.error.code);
    return { value: user.value.id, event: eventOf(SYSTEM, { at, action: "signup" }) };
  });
}

function newIdentity(id: IdentityId, userId: UserId, at: number): Omit<Identity, "issuer"> {
  return {
    id,
    userId,
    providerId: "acme",
    subject: id,
    label: null,
    linkedAt: epochMs(at),
    usedAt: epochMs(at),
    needsReconnect: false,
  };
}

function sealed({ rings }: Core, id: IdentityId) {
  const { access, refresh } = plainTokens(id);
  return {
    identityId: id,
    sealedAccess: rings.sealer.seal(tokenContext(id, "access"), access),
    sealedRefresh: rings.sealer.seal(tokenContext(id, "refresh"), refresh),
    expiresAt: null,
    scopes: [],
    generation: 1,
    refreshAt: null,
  };
}
