/**
 * Taking a provider away that many sign in by: killed and gone on with, and refused while it is
 * somebody's only way in.
 *
 * @module
 */

import { expect, test } from "bun:test";
import { continueDeletions, createProvider, deleteProvider, SYSTEM } from "@postern/auth";
import type { Core } from "@postern/server/compose.ts";
import { openSealedTokens } from "../../support/sealed_tokens.ts";

const DELETE = ["scripts/admin.ts", "providers", "delete", "acme", "--json"];

/** What a running server does at its next maintenance, in a process of its own. */
const GO_ON = `
  const { continueDeletions, SYSTEM } = await import("@postern/auth");
  const { openCore } = await import("@postern/server/compose.ts");
  const { readConfig } = await import("@postern/server/config.ts");
  const core = await openCore(readConfig(process.env).value);
  await continueDeletions(core.value, SYSTEM);
`;

const USERS = `
  INSERT INTO users (username, email, email_key, email_verified, created_at, password_hash)
  WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
  SELECT 'crowd' || n, 'crowd' || n, 'crowd' || n, 1, 0, ?2 FROM n
`;
const IDENTITIES = `
  INSERT INTO identities
  SELECT printf('%036d', id), id, 'acme', 'https://acme.test', username, NULL, 0, 0, 0
  FROM users WHERE username LIKE 'crowd%'
`;
const TOKENS = `
  INSERT INTO identity_tokens (identity_id, sealed_access, scopes, generation)
  SELECT id, 'v1.key.text', '[]', 1 FROM identities WHERE id LIKE '0000%'
`;

/** Many users who have an identity at the provider. */
async function addCrowd({ writer }: Core, size: number, passwordHash: string | null) {
  await writer.run((tx) => tx.execute({ sql: USERS, args: [size, passwordHash] }));
  await writer.run((tx) => tx.execute({ sql: IDENTITIES, args: [] }));
  await writer.run((tx) => tx.execute({ sql: TOKENS, args: [] }));
}

/** Kills a process once no more than so many identities are left; gives how many were. */
async function killAt({ store }: Core, child: Bun.Subprocess, most: number): Promise<number> {
  const count = () => store.bookkeeping.countIdentitiesAt("acme");
  while ((await count()) > most) {
    if (child.exitCode !== null) throw new Error("It ended before it was killed");
    await Bun.sleep(5);
  }
  child.kill("SIGKILL");
  await child.exited;
  return await count();
}

async function deletions({ store }: Core) {
  const { items } = await store.listEvents({ action: "admin.providers.delete" }, { limit: 10 });
  return items.map(({ success, details }) => ({ success, details }));
}

test("kill -9 in the middle of taking a provider away leaves it switched off, and it is gone on with", async () => {
  await using tokens = await openSealedTokens(1);
  const { core } = tokens;
  const { store } = core;
  const total = 20_001;
  await addCrowd(core, total - 1, null);
  const lefts = [await killAt(core, tokens.spawn([...DELETE, "--force"]), total - 1_000)];
  expect(await store.findProvider("acme")).toMatchObject({ isEnabled: false, leaving: "forced" });
  const goOn = tokens.spawn(["-e", GO_ON], { cwd: import.meta.dir });
  lefts.push(await killAt(core, goOn, total - 6_000));
  for (const [index, left] of lefts.entries()) {
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(lefts[index - 1] ?? total);
  }
  // Nothing brings it back half way, and its place is not free yet.
  const facts = { id: "acme", kind: "oidc", name: "Acme", issuer: "https://acme.test" } as const;
  const command = {
    ...facts,
    clientId: "c",
    clientSecret: "s",
    scopes: [],
    source: "env",
  } as const;
  const deps = { ...core, sealer: core.rings.sealer };
  const again = await createProvider(deps, SYSTEM, command);
  expect(again).toEqual({ ok: false, error: { code: "conflict" } });
  expect(await continueDeletions(core, SYSTEM)).toEqual(["acme"]);
  expect([await store.findProvider("acme"), await store.listProviders()]).toEqual([null, []]);
  expect(await store.bookkeeping.countIdentitiesAt("acme")).toBe(0);
  const left = await core.writer.run((tx) =>
    tx.execute({ sql: "SELECT count(*) FROM identity_tokens", args: [] }),
  );
  expect(left.rows[0]?.[0]).toBe(0);
  const events = (await deletions(core)).filter(({ success }) => success);
  expect(events).toHaveLength(1);
  expect((await createProvider(deps, SYSTEM, command)).ok).toBe(true);
}, 120_000);

test("who would be locked out is named up to a hundred, and about how many more there are", async () => {
  await using tokens = await openSealedTokens(1);
  const { core } = tokens;
  await addCrowd(core, 2_500, null);
  const child = tokens.spawn(DELETE);
  const stderr = await new Response(child.stderr as ReadableStream).text();
  expect(await child.exited).toBe(1);
  const refused = JSON.parse(stderr) as { code: string; detail: string };
  expect(refused.code).toBe("last_way_in");
  expect(refused.detail).toStartWith("It is the only way in of: ada, crowd1, crowd2, ");
  expect(refused.detail).toContain(" and about 2400 more. To lock them out: --force");
  expect(await core.store.findProvider("acme")).toMatchObject({ isEnabled: true, leaving: null });
  const [event] = await deletions(core);
  expect(event).toMatchObject({
    success: false,
    details: { forced: false, locked_out_more: 2_400 },
  });
  expect(event?.details["locked_out"]).toHaveLength(100);
});

test("whoever loses their other way in meanwhile keeps this one, and the provider stays, switched off (race)", async () => {
  await using tokens = await openSealedTokens(1);
  const { core } = tokens;
  await addCrowd(core, 500, "a password");
  const [{ user_id: ada } = { user_id: 0 }] = await rows(core, "SELECT user_id FROM identities");
  const setHash = (hash: string | null) =>
    core.writer.run((tx) =>
      tx.execute({ sql: "UPDATE users SET password_hash = ? WHERE id = ?", args: [hash, ada] }),
    );
  await setHash("a password");
  let steps = 0;
  const onProgress = () => {
    steps += 1;
  };
  const late = {
    ...core,
    onProgress,
    store: {
      ...core.store,
      // Between looking and marking.
      write: async (work: Parameters<typeof core.store.write>[0]) => {
        if (steps === 0) await setHash(null);
        return await core.store.write(work);
      },
    } as typeof core.store,
  };
  const result = await deleteProvider(late, SYSTEM, { id: "acme", isForced: false });
  expect(result).toMatchObject({
    ok: false,
    error: { code: "last_way_in", users: [{ username: "ada" }], more: 0 },
  });
  expect(steps).toBeGreaterThan(1);
  expect(await core.store.bookkeeping.countIdentitiesAt("acme")).toBe(1);
  expect(await core.store.findProvider("acme")).toMatchObject({ isEnabled: false, leaving: null });
  expect((await deletions(core)).map(({ success }) => success)).toEqual([false, true]);
  const forced = { id: "acme", isForced: true };
  expect(await deleteProvider(core, SYSTEM, forced)).toEqual({ ok: true, value: null });
});

async function rows({ writer }: Core, sql: string): Promise<{ user_id: number }[]> {
  const found = await writer.run((tx) => tx.execute({ sql, args: [] }));
  return found.rows.map((row) => ({ user_id: Number(row[0]) }));
}
