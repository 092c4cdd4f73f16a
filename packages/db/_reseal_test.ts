import { afterEach, beforeEach, expect, test } from "bun:test";
import {
  type IdentityId,
  type KeyId,
  letterContext,
  type MailId,
  type ResealProgress,
  resealSecrets,
  retireKeys,
  tokenContext,
} from "@postern/auth";
import { epochMs, minutes, seconds } from "@postern/std";
import { cell, column } from "./_rows.ts";
import { NOW, openTest } from "./_testing.ts";
import { newFlow } from "./_testing_providers.ts";
import {
  expectSealedBy,
  fill,
  OLD,
  openRing,
  type Ring,
  ringOn,
  rotate,
  sql,
} from "./_testing_ring.ts";

const clock = { now: () => NOW };
const NOTHING = { done: 0, lost: 0 };
let ring: Ring;

beforeEach(async () => {
  ring = await openRing();
});

afterEach(async () => {
  await ring[Symbol.asyncDispose]();
});

test.each(["a-new", "z-new"])(
  "resealSecrets() seals mails, secrets and tokens by the current key (%s), and loses none",
  async (to) => {
    const identities = await fill(ring, { mails: 130, identities: 150 });
    await rotate(ring, to);
    const { store } = ring;
    const texts = 2 + 130 + 2 * 150;
    expect((await store.countDependants(OLD, NOW)).secrets).toBe(texts);
    expect(await store.bookkeeping.countOtherwiseSealed()).toBe(texts);
    const end = { done: texts, lost: 0, left: 0 };
    expect(await resealSecrets({ store, clock })).toEqual(end);
    expect((await store.countDependants(OLD, NOW)).secrets).toBe(0);
    expect((await store.countDependants(to as KeyId, NOW)).secrets).toBe(texts);
    expect((await ring.opened.outbox.backlog()).waiting).toBe(130);
    await expectSealedBy(ring, to, identities);
  },
);

test("resealSecrets() takes at most 100 texts a step, and leaves off where it was stopped", async () => {
  const identities = await fill(ring, { identities: 150 });
  await rotate(ring);
  const { bookkeeping } = ring.store;
  const lefts = [];
  for (const done of [1, 1, 100, 50, 100, 50, 0]) {
    expect(await bookkeeping.resealSecrets(NOW)).toEqual({ done, lost: 0 });
    lefts.push(await bookkeeping.countOtherwiseSealed());
  }
  expect(lefts).toEqual([301, 300, 200, 150, 50, 0, 0]);
  await expectSealedBy(ring, "a-new", identities);
});

test("resealSecrets() seals a row again that was written by an older key meanwhile", async () => {
  const [id] = await fill(ring, { identities: 1 });
  await rotate(ring);
  await resealSecrets({ store: ring.store, clock });
  ring.read(OLD);
  const stale = ring.sealer.seal(tokenContext(id as IdentityId, "refresh"), `refresh of ${id}`);
  await sql(ring, "UPDATE identity_tokens SET sealed_refresh = ?", stale);
  ring.read(OLD, "a-new");
  expect(await resealSecrets({ store: ring.store, clock })).toEqual({ done: 1, lost: 0, left: 0 });
  await expectSealedBy(ring, "a-new", [id as IdentityId]);
});

test("resealSecrets() tells that providers changed, so that nobody keeps what an older key sealed", async () => {
  await fill(ring, { identities: 1 });
  await rotate(ring);
  ring.opened.announced.length = 0;
  await resealSecrets({ store: ring.store, clock });
  expect(ring.opened.announced).toContainEqual({ kind: "providers_changed" });
});

test("resealSecrets() does nothing in a database without keys", async () => {
  await sql(ring, "DELETE FROM keys");
  await fill(ring, { mails: 1, identities: 1 });
  expect(await resealSecrets({ store: ring.store, clock })).toEqual({ ...NOTHING, left: 0 });
});

test("visits are left as they are, and their key stays until they have run out", async () => {
  const sealedSecrets = ring.sealer.seal("flow:x", "verifier");
  await ring.store.bookkeeping.keepFlow(newFlow("x", { sealedSecrets }));
  await rotate(ring);
  const { store } = ring;
  await resealSecrets({ store, clock });
  const almost = epochMs(NOW + minutes(10) - 1);
  expect(await retireKeys({ store, clock: { now: () => almost } })).toEqual([]);
  expect((await store.bookkeeping.takeFlow("x", almost))?.sealedSecrets).toBe(sealedSecrets);
  const then = epochMs(NOW + minutes(10));
  const retired = await retireKeys({ store, clock: { now: () => then } });
  expect(retired.map((key) => key.id)).toEqual([OLD]);
});

test("a key that still seals something is not retired, however old it is", async () => {
  await fill(ring, { identities: 1 });
  await rotate(ring);
  const { store } = ring;
  const later = { now: () => epochMs(NOW + minutes(600)) };
  expect(await retireKeys({ store, clock: later })).toEqual([]);
  await resealSecrets({ store, clock });
  expect(await retireKeys({ store, clock: later })).toHaveLength(1);
});

test("resealSecrets() tells how far it is, at the beginning and about once a second", async () => {
  await fill(ring, { identities: 300 });
  await rotate(ring);
  let asked = 0;
  const ticking = {
    now() {
      asked += 1;
      return epochMs(NOW + asked * seconds(0.2));
    },
  };
  const told: ResealProgress[] = [];
  const { store } = ring;
  await resealSecrets({ store, clock: ticking }, (progress) => told.push(progress));
  expect(told[0]).toEqual({ ...NOTHING, left: 602 });
  expect(told.length).toBeGreaterThan(1);
  expect(told.length).toBeLessThan(5);
  for (const { done, left } of told) expect(done + left).toBe(602);
  const again: ResealProgress[] = [];
  await resealSecrets({ store, clock: ticking }, (progress) => again.push(progress));
  expect(again).toEqual([]);
});

test("two that seal anew at once share the work, and do nothing twice (race)", async () => {
  const identities = await fill(ring, { mails: 50, identities: 300 });
  await rotate(ring);
  const beside = await openTest(ring.opened.url);
  const other = ringOn(beside);
  other.read(OLD, "a-new");
  const ends = await Promise.all(
    [ring.store, other.store].map((store) => resealSecrets({ store, clock })),
  );
  await beside[Symbol.asyncDispose]();
  expect(ends.reduce((sum, { done }) => sum + done, 0)).toBe(652);
  expect(Math.min(...ends.map(({ done }) => done))).toBeGreaterThan(0);
  await expectSealedBy(ring, "a-new", identities);
});

test("other writes go in between", async () => {
  await fill(ring, { identities: 500 });
  await rotate(ring);
  const order: string[] = [];
  const sealing = resealSecrets({ store: ring.store, clock }).then(() => order.push("sealed"));
  await Bun.sleep(0);
  await ring.opened.writer.run(async () => order.push("written"));
  await sealing;
  expect(order).toEqual(["written", "sealed"]);
});

test("the columns that name keys say what the texts say", async () => {
  await fill(ring, { mails: 1, identities: 1 });
  const read = (text: string) => cell(ring.opened.database.reader, text, []);
  expect(await read("SELECT key_id FROM outbox")).toBe(OLD);
  expect(await read("SELECT access_key_id || refresh_key_id FROM identity_tokens")).toBe(OLD + OLD);
  await sql(ring, "UPDATE outbox SET sealed = NULL");
  expect(await column(ring.opened.database.reader, "SELECT key_id FROM outbox", [])).toEqual([
    null,
  ]);
  const mail = "x" as MailId;
  const sealed = ring.sealer.seal(letterContext(mail), "a.b.c");
  await sql(ring, "UPDATE outbox SET sealed = ?", sealed);
  expect(await read("SELECT key_id FROM outbox")).toBe(OLD);
});
