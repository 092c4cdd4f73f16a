/**
 * Tokens of providers after a rotation of the ring that seals them: by the operator's command, killed
 * and gone on with, and on a terminal.
 *
 * @module
 */

import { expect, test } from "bun:test";
import { eventOf, providerContext, resealSecrets, retireKeys, SYSTEM } from "@postern/auth";
import { epochMs, minutes } from "@postern/std";
import { openSealedTokens, openTokens, plainTokens } from "../../support/sealed_tokens.ts";

const ROTATE = ["scripts/admin.ts", "rotate", "secrets"];

/** What a running server does after a rotation, in a process of its own. */
const GO_ON = `
  const { resealSecrets } = await import("@postern/auth");
  const { openCore } = await import("@postern/server/compose.ts");
  const { readConfig } = await import("@postern/server/config.ts");
  const core = await openCore(readConfig(process.env).value);
  await resealSecrets(core.value);
`;

type Tokens = Awaited<ReturnType<typeof openSealedTokens>>;

/** Kills a process once no more than so many texts are left; gives how many were. */
async function killAt(tokens: Tokens, child: Bun.Subprocess, most: number): Promise<number> {
  const { bookkeeping } = tokens.core.store;
  const isNear = async () => {
    const left = await bookkeeping.countOtherwiseSealed();
    return left > 0 && left <= most;
  };
  while (!(await isNear())) {
    if (child.exitCode !== null) throw new Error("It ended before it was killed");
    await Bun.sleep(5);
  }
  child.kill("SIGKILL");
  await child.exited;
  return await bookkeeping.countOtherwiseSealed();
}

async function expectAllReadable({ core, identities }: Tokens): Promise<void> {
  const lost = [];
  for (const id of identities) {
    const { access, refresh } = await openTokens(core, id);
    const plain = plainTokens(id);
    if (access !== plain.access || refresh !== plain.refresh) lost.push(id);
  }
  expect(lost).toEqual([]);
  const provider = await core.store.findProvider("acme");
  const secret = core.rings.sealer.open(providerContext("acme"), provider?.sealedSecret ?? "");
  expect(secret).toBe("client secret");
}

test("kill -9 in the middle of sealing 10,000 tokens anew loses none, and what is left is gone on with", async () => {
  await using tokens = await openSealedTokens(5_000);
  const { core } = tokens;
  const { store } = core;
  const total = 10_001;
  const keys = await store.listKeys();
  const old = keys.find(({ ring, state }) => ring === "secrets" && state === "current");
  if (old === undefined) throw new Error("No key");
  expect((await store.countDependants(old.id, core.clock.now())).secrets).toBe(total);
  const lefts = [await killAt(tokens, tokens.spawn(ROTATE), 9_000)];
  await core.rings.reload();
  await expectAllReadable(tokens);
  for (const most of [6_500, 4_000]) {
    const child = tokens.spawn(["-e", GO_ON], { cwd: import.meta.dir });
    lefts.push(await killAt(tokens, child, most));
    await expectAllReadable(tokens);
  }
  for (const [index, left] of lefts.entries()) {
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(lefts[index - 1] ?? total);
  }
  const last = lefts.at(-1) ?? 0;
  expect(await resealSecrets(core)).toEqual({ done: last, lost: 0, left: 0 });
  await expectAllReadable(tokens);
  expect((await store.countDependants(old.id, core.clock.now())).secrets).toBe(0);
  const later = { now: () => epochMs(core.clock.now() + minutes(11)) };
  const retired = await retireKeys({ store, clock: later });
  expect(retired.map((key) => key.id)).toEqual([old.id]);
  await core.rings.reload();
  await expectAllReadable(tokens);
}, 120_000);

test("bun run admin rotate secrets shows how far it is on a terminal, and tells what it did", async () => {
  await using tokens = await openSealedTokens(3_000);
  let shown = "";
  const child = tokens.spawn(ROTATE, {
    terminal: {
      cols: 100,
      rows: 24,
      data: (_, data) => {
        shown += new TextDecoder().decode(data);
      },
    },
  });
  expect(await child.exited).toBe(0);
  expect(shown).toContain("Sealing anew: 0 secrets done, 6,001 secrets left");
  expect(shown).toContain("Sealed anew: 6,001 secrets.");
  expect(shown).not.toContain("token of");
  await tokens.core.rings.reload();
  await expectAllReadable(tokens);
}, 180_000);

test("bun run admin rotate secrets --json prints one object and no progress where nobody looks", async () => {
  await using tokens = await openSealedTokens(10);
  const child = tokens.spawn([...ROTATE, "--json"]);
  const [stdout, stderr] = await Promise.all(
    [child.stdout, child.stderr].map((stream) => new Response(stream as ReadableStream).text()),
  );
  expect(await child.exited).toBe(0);
  expect(stderr).toBe("");
  const object: unknown = JSON.parse(stdout ?? "");
  expect(object).toMatchObject({ ring: "secrets", ends: { sessions: 0, tokens: 0 } });
  expect(await tokens.core.store.bookkeeping.countOtherwiseSealed()).toBe(0);
});

test("tokens that swapped places between two users' rows do not open, and are not sealed anew there (swapped rows)", async () => {
  await using tokens = await openSealedTokens(3);
  const { core, identities } = tokens;
  const [ada, eve] = identities;
  if (ada === undefined || eve === undefined) throw new Error("No identities");
  const [hers, others] = [
    await core.store.findIdentityTokens(ada),
    await core.store.findIdentityTokens(eve),
  ];
  if (hers === null || others === null) throw new Error("No tokens");
  await core.store.write(async (tx) => {
    await tx.saveIdentityTokens({ ...hers, identityId: eve });
    await tx.saveIdentityTokens({ ...others, identityId: ada });
    return { value: null, event: eventOf(SYSTEM, { at: core.clock.now(), action: "oauth_link" }) };
  });
  for (const id of [ada, eve]) {
    expect(await openTokens(core, id)).toEqual({ access: null, refresh: null });
  }
  const child = tokens.spawn(ROTATE);
  const told = await new Response(child.stdout as ReadableStream).text();
  expect(told).toContain("Dropped, since they did not open: 4 secrets.");
  await core.rings.reload();
  for (const id of [ada, eve]) {
    expect(await openTokens(core, id)).toEqual({ access: null, refresh: null });
    expect((await core.store.findIdentity(id))?.needsReconnect).toBe(true);
  }
});
