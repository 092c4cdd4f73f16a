import { afterAll, beforeEach, expect, test } from "bun:test";
import { type ClaimedMail, letterContext, type Mail, unpackLetter } from "@postern/auth";
import { epochMs, minutes } from "@postern/std";
import { change } from "./_rows.ts";
import { event, freshPath, NOW, openTest, removeDatabase, sealer } from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, outbox, announced } = opened;
const LEASE_MS = minutes(2);

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

beforeEach(async () => {
  await opened.writer.run(async (tx) => await change(tx, "DELETE FROM outbox", []));
});

const MAIL: Mail = { kind: "verify_email", token: "canary-token", lifeMs: minutes(30) };

async function queue(to: string, at = NOW): Promise<void> {
  await store.write(async (tx) => {
    await tx.queueMail(to, MAIL, at);
    return { value: null, event: event() };
  });
}

async function claimOne(now = NOW): Promise<ClaimedMail> {
  const [claim] = await outbox.claimDue(1, now, LEASE_MS);
  if (claim === undefined) throw new Error("Nothing is due");
  return claim;
}

test("queueMail() seals the letter for its row, and announces it", async () => {
  announced.length = 0;
  await queue("ada@example.com");
  expect(announced).toEqual([{ kind: "mail_queued" }]);
  const claim = await claimOne();
  expect(claim).toEqual({
    id: claim.id,
    attempt: 1,
    createdAt: NOW,
    giveUpAt: epochMs(NOW + minutes(30)),
    sealed: claim.sealed,
  });
  const text = sealer.open(letterContext(claim.id), claim.sealed) ?? "null";
  expect(unpackLetter(text)).toEqual({ ok: true, value: { to: "ada@example.com", mail: MAIL } });
});

test("no column of the outbox holds an address or a token", async () => {
  await queue("canary@example.com");
  const rows = await opened.database.reader.execute({ sql: "SELECT * FROM outbox", args: [] });
  expect(JSON.stringify(rows.rows)).not.toContain("canary");
});

test("a mail is not queued where its write fails", async () => {
  const failing = store.write(async (tx) => {
    await tx.queueMail("x@example.com", MAIL, NOW);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await outbox.backlog()).toEqual({ waiting: 0, oldestAt: null });
});

test("claimDue() gives each row to one of many claimers, the longest due first (race)", async () => {
  for (let index = 0; index < 30; index += 1)
    await queue(`m${index}@example.com`, epochMs(NOW + index));
  const [first] = await outbox.claimDue(1, epochMs(NOW + 100), LEASE_MS);
  expect(first?.createdAt).toBe(NOW);
  const claims = await Promise.all(
    Array.from({ length: 10 }, () => outbox.claimDue(4, epochMs(NOW + 100), LEASE_MS)),
  );
  const ids = claims.flat().map((claim) => claim.id);
  expect(ids).toHaveLength(29);
  expect(new Set(ids).size).toBe(29);
});

test("claimDue() gives a row again once its lease is over, as another attempt", async () => {
  await queue("a@example.com");
  const claim = await claimOne();
  expect(await outbox.claimDue(5, epochMs(NOW + LEASE_MS - 1), LEASE_MS)).toEqual([]);
  const again = await claimOne(epochMs(NOW + LEASE_MS));
  expect(again).toEqual({ ...claim, attempt: 2 });
});

test("claimDue() gives nothing that is not due", async () => {
  await queue("a@example.com", epochMs(NOW + 1));
  expect(await outbox.claimDue(5, NOW, LEASE_MS)).toEqual([]);
});

test("markSent() drops the content, whoever has claimed the row meanwhile", async () => {
  await queue("a@example.com");
  const claim = await claimOne();
  await claimOne(epochMs(NOW + LEASE_MS));
  await outbox.markSent(claim, epochMs(NOW + 1));
  expect(await outbox.list(5)).toEqual([]);
  expect(await outbox.nextDueAt()).toBeNull();
  expect(await outbox.claimDue(5, epochMs(NOW + 10 * LEASE_MS), LEASE_MS)).toEqual([]);
});

test("markFailed() sets when to try again, but for one that was claimed again", async () => {
  await queue("a@example.com");
  const claim = await claimOne();
  await outbox.markFailed(claim, epochMs(NOW + 500), "timeout");
  expect(await outbox.nextDueAt()).toBe(epochMs(NOW + 500));
  const again = await claimOne(epochMs(NOW + 500));
  await outbox.markFailed(claim, epochMs(NOW + 9_999_999), "timeout");
  expect(await outbox.nextDueAt()).toBe(epochMs(NOW + 500 + LEASE_MS));
  expect(again.attempt).toBe(2);
});

test("markDead() gives up and drops the content, but for one that was claimed again", async () => {
  await queue("a@example.com");
  const stale = await claimOne();
  const claim = await claimOne(epochMs(NOW + LEASE_MS));
  await outbox.markDead(stale, NOW, "rejected");
  expect((await outbox.backlog()).waiting).toBe(1);
  await outbox.markDead(claim, NOW, "rejected");
  expect(await outbox.backlog()).toEqual({ waiting: 0, oldestAt: null });
  expect(await outbox.list(5)).toEqual([]);
});

test("backlog() and nextDueAt() tell of what waits, claimed or not", async () => {
  await queue("a@example.com", epochMs(NOW + 2));
  await queue("b@example.com", epochMs(NOW + 1));
  await queue("c@example.com", epochMs(NOW + 3));
  expect(await outbox.backlog()).toEqual({ waiting: 3, oldestAt: epochMs(NOW + 1) });
  expect(await outbox.nextDueAt()).toBe(epochMs(NOW + 1));
  await claimOne(epochMs(NOW + 1));
  expect(await outbox.nextDueAt()).toBe(epochMs(NOW + 2));
  expect((await outbox.backlog()).waiting).toBe(3);
});

test("list() shows the newest letters, opened", async () => {
  await queue("a@example.com");
  await queue("b@example.com", epochMs(NOW + 5));
  await queue("c@example.com", epochMs(NOW + 9));
  const shown = await outbox.list(2);
  expect(shown.map(({ to, mail, createdAt }) => ({ to, mail, createdAt }))).toEqual([
    { to: "c@example.com", mail: MAIL, createdAt: epochMs(NOW + 9) },
    { to: "b@example.com", mail: MAIL, createdAt: epochMs(NOW + 5) },
  ]);
});

test("list() passes over what does not open", async () => {
  await queue("a@example.com");
  await opened.writer.run(
    async (tx) => await change(tx, "UPDATE outbox SET sealed = 'v1.key-1.other.x'", []),
  );
  expect(await outbox.list(5)).toEqual([]);
});
