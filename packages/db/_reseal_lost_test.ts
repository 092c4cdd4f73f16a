import { afterEach, beforeEach, expect, test } from "bun:test";
import { type IdentityId, resealSecrets, tokenContext } from "@postern/auth";
import { NOW } from "./_testing.ts";
import {
  expectSealedBy,
  fill,
  OLD,
  openRing,
  type Ring,
  rotate,
  sql,
  turn,
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

test("a process that has not read the current key seals nothing anew, and drops nothing", async () => {
  const identities = await fill(ring, { mails: 3, identities: 3 });
  await rotate(ring);
  await resealSecrets({ store: ring.store, clock });
  await turn(ring.store, "a-new", "b-newer");
  ring.read(OLD);
  expect(await resealSecrets({ store: ring.store, clock })).toEqual({ ...NOTHING, left: 11 });
  await expectSealedBy(ring, "a-new", identities);
});

test("what does not open is dropped once, and whoever misses it is told", async () => {
  const [whole, noAccess, noRefresh] = (await fill(ring, { mails: 2, identities: 3 })) as [
    IdentityId,
    IdentityId,
    IdentityId,
  ];
  const gone = "v1.gone.x.y";
  await sql(ring, "UPDATE providers SET sealed_secret = ?, sealed_previous_secret = ?", gone, gone);
  await sql(
    ring,
    "UPDATE identity_tokens SET sealed_access = ? WHERE identity_id = ?",
    gone,
    noAccess,
  );
  await sql(
    ring,
    "UPDATE identity_tokens SET sealed_refresh = '?' WHERE identity_id = ?",
    noRefresh,
  );
  await sql(ring, "UPDATE outbox SET sealed = ? WHERE id = (SELECT min(id) FROM outbox)", gone);
  await rotate(ring);
  const { store, sealer } = ring;
  // A text that names no key depends on none, and is left as it is: nobody can open it.
  expect(await resealSecrets({ store, clock })).toEqual({ done: 5, lost: 4, left: 0 });
  expect(await store.bookkeeping.resealSecrets(NOW)).toEqual(NOTHING);
  const provider = await store.findProvider("acme");
  expect([provider?.sealedSecret, provider?.sealedPreviousSecret]).toEqual(["", null]);
  const tokens = await store.findIdentityTokens(noAccess);
  expect(sealer.open(tokenContext(noAccess, "access"), tokens?.sealedAccess ?? "x")).toBeNull();
  const marks = [];
  for (const id of [whole, noAccess, noRefresh]) {
    marks.push((await store.findIdentity(id))?.needsReconnect);
  }
  expect(marks).toEqual([false, true, false]);
  expect((await ring.opened.outbox.backlog()).waiting).toBe(1);
  const { items } = await store.listEvents({ action: "admin.secrets.drop" }, { limit: 9 });
  const facts = { actorType: "system", success: false, at: NOW };
  for (const event of items) expect(event).toMatchObject(facts);
  expect(items.map(({ details }) => details).toReversed()).toEqual([
    { table: "providers", column: "sealed_secret", rows: ["acme"] },
    { table: "providers", column: "sealed_previous_secret", rows: ["acme"] },
    { table: "outbox", column: "sealed", rows: [expect.any(String)] },
    { table: "identity_tokens", column: "sealed_access", rows: [noAccess] },
  ]);
});

test("tokens that swapped places are not sealed anew in the wrong place, but dropped (swapped rows)", async () => {
  const [ada, eve, other] = (await fill(ring, { identities: 3 })) as [
    IdentityId,
    IdentityId,
    IdentityId,
  ];
  await sql(
    ring,
    `UPDATE identity_tokens AS t SET sealed_access = o.sealed_access, sealed_refresh = o.sealed_refresh
     FROM identity_tokens o WHERE t.identity_id <> o.identity_id
       AND t.identity_id IN (?1, ?2) AND o.identity_id IN (?1, ?2)`,
    ada,
    eve,
  );
  await rotate(ring);
  const { store } = ring;
  expect(await resealSecrets({ store, clock })).toEqual({ done: 4, lost: 4, left: 0 });
  for (const id of [ada, eve]) {
    const tokens = await store.findIdentityTokens(id);
    expect([tokens?.sealedAccess, tokens?.sealedRefresh]).toEqual(["", null]);
    expect((await store.findIdentity(id))?.needsReconnect).toBe(true);
  }
  await expectSealedBy(ring, "a-new", [other]);
});
