import { expect, test } from "bun:test";
import { sessionCounts } from "./_about_sessions.ts";
import { freshPath, NOW, openTest, removeDatabase } from "./_testing.ts";

const USER = `
  INSERT INTO users (id, username, email, email_key, email_verified, created_at)
  VALUES (1, 'a', 'a', 'a', 1, 0)
`;
const SESSIONS = `
  INSERT INTO sessions (id, secret_hash, user_id, kind, method, created_at, seen_at, idle_ms, absolute_ms, ended_at)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
  SELECT 'id' || i, 'hash' || i, 1, 'browser', 'password', ?, ?, 3600000, 3600000,
    CASE WHEN i % 3 = 0 THEN 1 END FROM n
`;

async function countOf(sessions: number) {
  const url = `file:${freshPath()}`;
  await using opened = await openTest(url);
  const { writer, database } = opened;
  await writer.run(async (tx) => {
    await tx.execute({ sql: USER, args: [] });
    await tx.execute({ sql: SESSIONS, args: [sessions, NOW, NOW] });
  });
  const found = await sessionCounts(database.reader).aboutLiveSessions(NOW);
  removeDatabase(url);
  return found;
}

test("aboutLiveSessions() counts few exactly", async () => {
  expect(await countOf(3_000)).toEqual({ count: 2_000, isAbout: false });
});

test("aboutLiveSessions() comes near the number of many, by a sample", async () => {
  const { count, isAbout } = await countOf(60_000);
  expect(isAbout).toBe(true);
  expect(count).toBeWithin(38_000, 42_000);
});
