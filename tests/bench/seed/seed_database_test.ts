import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuthStore, verifyChain } from "@postern/auth";
import { createAuthStore, createWriter, openDatabase } from "@postern/db";
import { random, sha256, systemClock } from "@postern/server/adapters/crypto.ts";
import { seedDatabase } from "./seed_database.ts";
import { seededAccount } from "./seed_users.ts";

const folder = mkdtempSync(join(tmpdir(), "postern-seed-"));
const path = join(folder, "seeded.db");
const clock = systemClock;
const told: string[] = [];

/** Opens the database as the server does, uses it, and closes it. */
async function withStore<T>(use: (store: AuthStore) => Promise<T>): Promise<T> {
  const opened = await openDatabase({ url: `file:${path}`, clock });
  if (!opened.ok) throw new Error(opened.error.detail);
  const database = opened.value;
  const writer = createWriter({ database, sha256, clock, onCommit: () => undefined });
  const sealer = {
    seal: (_: string, text: string) => text,
    open: (_: string, text: string) => text,
  };
  try {
    return await use(createAuthStore({ database, writer, sealer, random }));
  } finally {
    await writer.close();
    await database.close();
  }
}

beforeAll(async () => {
  await withStore(async (store) => {
    await store.write(async (tx) => ({
      value: await tx.insertUser({
        username: "ada",
        email: "ada@example.com",
        emailVerified: true,
        name: null,
        picture: null,
        passwordHash: "the hash",
        role: null,
        blockedAt: null,
        blockedUntil: null,
        blockReason: null,
        createdAt: clock.now(),
      }),
      event: {
        at: clock.now(),
        action: "signup",
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
      },
    }));
  });
  seedDatabase(path, { users: 30, sessions: 90, events: 1_500 }, (what, done) =>
    told.push(`${done} ${what}`),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

test("seedDatabase() continues the chain of events, which the server verifies", async () => {
  const report = await withStore((store) => verifyChain({ store, sha256 }, () => undefined));
  expect(report).toEqual({ ok: true, checked: 1_501, firstBad: null });
});

test("seedDatabase() adds users that the server finds, with the password that was there", async () => {
  const { username, email } = seededAccount(29);
  const user = await withStore((store) => store.findUserByEmail(email));
  expect(user).toMatchObject({ username, emailVerified: true, passwordHash: "the hash" });
});

test("seedDatabase() adds open sessions to each user, and spreads events over users and time", () => {
  const database = new Database(path, { readonly: true });
  const one = (sql: string) => database.query<{ n: number }, []>(sql).get()?.n;
  expect(one("SELECT count(*) AS n FROM sessions WHERE ended_at IS NULL")).toBe(90);
  expect(one("SELECT count(DISTINCT user_id) AS n FROM sessions")).toBe(30);
  expect(one("SELECT count(DISTINCT user_id) AS n FROM events")).toBe(31);
  expect(one("SELECT count(DISTINCT at) AS n FROM events")).toBeGreaterThan(1_000);
  expect(one("SELECT count(*) AS n FROM events WHERE success = 0")).toBe(150);
  database.close();
});

test("seedDatabase() tells how far it is", () => {
  expect(told).toEqual(["30 users", "1500 events"]);
});
