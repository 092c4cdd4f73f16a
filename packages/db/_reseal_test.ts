import { afterAll, expect, test } from "bun:test";
import { type Key, type KeyId, letterContext, resealSecrets, type Sealer } from "@postern/auth";
import { epochMs } from "@postern/std";
import { event, freshPath, NOW, openTest, random, removeDatabase } from "./_testing.ts";
import { createAuthStore } from "./create_auth_store.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { database, writer, outbox } = opened;

/** Seals under the key that is current, and opens what any of its keys has sealed. */
const ring = { current: "old", keys: ["old"] };
const sealer: Sealer = {
  seal: (context, plaintext) => `v1.${ring.current}.${btoa(context)}.${btoa(plaintext)}`,
  open: (context, sealed) => {
    const [, key = "", place, text = ""] = sealed.split(".");
    return ring.keys.includes(key) && place === btoa(context) ? atob(text) : null;
  },
};
const clock = { now: () => NOW };
const store = createAuthStore({ database, writer, sealer, random });

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

function key(id: string): Key {
  return {
    id: id as KeyId,
    ring: "secrets",
    state: "current",
    sealedSecret: "s",
    publicJwk: null,
    createdAt: NOW,
    currentAt: NOW,
    previousAt: null,
    retiredAt: null,
  };
}

test("resealSecrets() seals what waits under the current key, and gives up what no longer opens", async () => {
  await store.write(async (tx) => {
    await tx.insertKey(key("old"));
    for (let index = 0; index < 150; index += 1) {
      await tx.queueMail(
        `m${index}@example.com`,
        { kind: "signup_existing" },
        epochMs(NOW + index),
      );
    }
    await tx.moveKey("old" as KeyId, "current", "previous", NOW);
    await tx.insertKey(key("new"));
    return { value: null, event: event() };
  });
  const [lost] = await outbox.claimDue(1, NOW, 1);
  await writer.run(async (tx) => {
    const args = ["v1.gone.x.y", lost?.id ?? ""];
    await tx.execute({ sql: "UPDATE outbox SET sealed = ? WHERE id = ?", args });
  });
  expect(await store.bookkeeping.resealSecrets(NOW)).toEqual({ done: 0, lost: 0 });
  expect(await store.bookkeeping.countOtherwiseSealed()).toBe(150);
  Object.assign(ring, { current: "new", keys: ["old", "new"] });
  expect(await resealSecrets({ store, clock })).toEqual({ done: 149, lost: 1, left: 0 });
  expect((await outbox.backlog()).waiting).toBe(149);
  const claims = await outbox.claimDue(500, epochMs(NOW + 10_000), 1_000);
  expect(claims).toHaveLength(149);
  for (const claim of claims) {
    expect(claim.sealed.startsWith("v1.new.")).toBe(true);
    expect(sealer.open(letterContext(claim.id), claim.sealed)).not.toBeNull();
  }
  expect((await store.countDependants("old" as KeyId, NOW)).secrets).toBe(0);
});
