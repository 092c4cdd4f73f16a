/**
 * Visits to a provider while something ends: a key, a session, a user, the provider, sign-up.
 *
 * @module
 */

import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Visitor } from "../support/deployment.ts";
import { untilKeysLearnt } from "../support/keys_learnt.ts";
import { AUTH } from "./_acts.ts";
import {
  comeBack,
  leadsTo,
  newPerson,
  openProviderStage,
  type ProviderStage,
  signInBy,
  visit,
} from "./_provider_visits.ts";

let stage: ProviderStage;

beforeAll(async () => {
  stage = await openProviderStage();
});

afterEach(() => stage.peer.behave());

afterAll(async () => {
  await stage.close();
});

const MISMATCH = "302 /login?error=state_mismatch";

async function operator(...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await stage.deployment.admin(...args);
  expect([exitCode, stderr]).toEqual([0, ""]);
}

/** Begins to link an account: the path of the callback, not called yet. */
async function beginLink(visitor: Visitor, id = "acme"): Promise<string> {
  const asked = await visitor.request("POST", `${AUTH}/accounts/${id}/link`);
  expect(asked.status).toBe(200);
  return await comeBack(stage, (asked.json as { url: string }).url, id);
}

/** Calls the callback, and does something once the provider has been asked and has not answered yet. */
async function callWhile(
  visitor: Visitor,
  path: string,
  work: () => Promise<void>,
): Promise<string> {
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  stage.peer.tamper("/token", async (answer) => {
    asked.resolve();
    await goOn.promise;
    return answer;
  });
  const called = visitor.get(path);
  await asked.promise;
  await work();
  goOn.resolve();
  return leadsTo(await called);
}

async function linkedOf(visitor: Visitor): Promise<readonly { readonly id: string }[]> {
  const list = await visitor.get(`${AUTH}/accounts`);
  return (list.json as { items: { id: string }[] }).items;
}

function countIdentities(userId: string): number {
  const sql = "SELECT count(*) AS n FROM identities WHERE user_id = ?";
  return stage.deployment.sql<{ n: number }>(sql, userId)[0]?.n ?? 0;
}

/** A running server reads the new keys within a second; until then it cannot open what they seal. */
async function signsInSoon(visitor: Visitor): Promise<boolean> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    await signInBy(stage, visitor);
    if ((await visitor.get(`${AUTH}/me`)).status === 200) return true;
    await Bun.sleep(200);
  }
  return false;
}

test.each(["secrets", "cookies", "signing"])(
  "a visit that is under way does not outlive a compromise of %s, and a planned rotation does not end it",
  async (ring) => {
    newPerson(stage);
    const visitor = stage.deployment.visitor();
    const planned = await visit(stage, visitor);
    await operator("rotate", ring);
    expect(leadsTo(await visitor.get(planned))).toBe("302 /dashboard");
    const path = await visit(stage, stage.deployment.visitor());
    const other = stage.deployment.visitor();
    const late = await visit(stage, other);
    const since = Date.now();
    await operator("rotate", ring, "--compromise");
    expect(stage.deployment.sql("SELECT * FROM flows")).toEqual([]);
    expect(leadsTo(await other.get(late))).toBe(MISMATCH);
    expect(leadsTo(await other.get(path))).toBe(MISMATCH);
    expect(await signsInSoon(other)).toBe(true);
    await untilKeysLearnt(stage.deployment, since);
  },
  180_000,
);

test("a user who is blocked in the middle of linking links nothing, however late the block comes", async () => {
  newPerson(stage);
  const before = await stage.deployment.newAccount();
  const path = await beginLink(before.browser);
  await operator("users", "block", before.id);
  // By now the server may have heard of it, or finds it in the database.
  const BLOCKED = "302 /login?error=blocked";
  expect([MISMATCH, BLOCKED]).toContain(leadsTo(await before.browser.get(path)));
  const during = await stage.deployment.newAccount();
  const late = await beginLink(during.browser);
  const ended = await callWhile(during.browser, late, () => operator("users", "block", during.id));
  expect(ended).toBe(BLOCKED);
  expect([countIdentities(before.id), countIdentities(during.id)]).toEqual([0, 0]);
});

test("a session that ends while the provider is asked links nothing", async () => {
  newPerson(stage);
  const account = await stage.deployment.newAccount();
  const other = await stage.deployment.signIn(account);
  const path = await beginLink(account.browser);
  const ended = await callWhile(account.browser, path, async () => {
    expect((await other.request("DELETE", `${AUTH}/sessions`)).status).toBe(204);
  });
  expect(ended).toBe("302 /login?error=provider_error");
  expect(countIdentities(account.id)).toBe(0);
});

test("a provider that is switched off in the middle signs nobody in and links nothing, however late", async () => {
  newPerson(stage);
  const account = await stage.deployment.newAccount();
  const stranger = stage.deployment.visitor();
  const disable = () => operator("providers", "disable", "other");
  const OFF = "302 /login?error=provider_disabled";
  const early = await beginLink(account.browser, "other");
  await disable();
  expect(leadsTo(await account.browser.get(early))).toBe(OFF);
  await operator("providers", "enable", "other");
  const link = await beginLink(account.browser, "other");
  expect(await callWhile(account.browser, link, disable)).toBe(OFF);
  await operator("providers", "enable", "other");
  const signIn = await visit(stage, stranger, { id: "other" });
  expect(await callWhile(stranger, signIn, disable)).toBe(OFF);
  expect((await stranger.get(`${AUTH}/me`)).status).toBe(401);
  expect(countIdentities(account.id)).toBe(0);
  await operator("providers", "enable", "other");
});

test("a provider whose issuer is edited in the middle gets no code of the one before (mix-up)", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  const path = await visit(stage, visitor, { id: "other" });
  const calls = stage.peer.calls.length;
  await operator("providers", "update", "other", "--issuer", "http://127.0.0.1:9");
  expect(leadsTo(await visitor.get(path))).toBe(MISMATCH);
  expect(stage.peer.calls.slice(calls).map((call) => call.path)).not.toContain("/token");
  await operator("providers", "update", "other", "--issuer", stage.peer.issuer);
});

test("a token that is due goes back to nobody but its own issuer, and not to a provider that is switched off", async () => {
  newPerson(stage);
  stage.peer.tamper("/token", async (answer) =>
    Response.json({ ...((await answer.json()) as object), expires_in: 60 }),
  );
  const visitor = stage.deployment.visitor();
  await signInBy(stage, visitor, { id: "other" });
  const [item] = await linkedOf(visitor);
  const path = `${AUTH}/accounts/${item?.id}/token`;
  const calls = stage.peer.calls.length;
  const codeOf = async () => ((await visitor.get(path)).json as { code: string }).code;
  await operator("providers", "disable", "other");
  expect(await codeOf()).toBe("provider_disabled");
  await operator("providers", "enable", "other");
  // Another issuer, which would be glad of it.
  await operator("providers", "update", "other", "--issuer", `${stage.peer.issuer}/x`);
  expect(await codeOf()).toBe("provider_error");
  expect(stage.peer.calls.slice(calls).map((call) => call.path)).not.toContain("/token");
  await operator("providers", "update", "other", "--issuer", stage.peer.issuer);
  expect((await visitor.get(path)).status).toBe(200);
});

test("an answer with an error is none with a code, and the words of it are not repeated", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  const ends = [];
  for (const error of ["server_error", "user_cancelled_authorize", "<b>", ""]) {
    const url = new URL(await visit(stage, visitor), "http://localhost");
    url.searchParams.set("error", error);
    ends.push(leadsTo(await visitor.get(`${url.pathname}${url.search}`)));
  }
  expect(ends).toEqual([
    "302 /login?error=provider_error",
    "302 /login?error=access_denied",
    "302 /login?error=provider_error",
    "302 /login?error=provider_error",
  ]);
  expect((await visitor.get(`${AUTH}/me`)).status).toBe(401);
});

test("an account that is taken over says so in its event", async () => {
  const account = await stage.deployment.newAccount();
  stage.deployment.sql("UPDATE users SET email_verified = 0 WHERE id = ?", account.id);
  newPerson(stage, { email: account.email });
  await signInBy(stage, stage.deployment.visitor());
  const [event] = stage.deployment.sql<{ details: string }>(
    "SELECT details FROM events WHERE user_id = ? AND action = 'oauth_link'",
    account.id,
  );
  expect(JSON.parse(event?.details ?? "{}")).toMatchObject({ provider: "acme", took_over: true });
});

test("a provider's word for an administrator's address opens no account with a role (escalation by one's own provider)", async () => {
  const { deployment } = stage;
  for (const isVerified of [1, 0]) {
    const account = await deployment.newAccount();
    deployment.sql(
      "UPDATE users SET role = 'owner', email_verified = ? WHERE id = ?",
      isVerified,
      account.id,
    );
    newPerson(stage, { email: account.email });
    const attacker = deployment.visitor();
    expect(leadsTo(await signInBy(stage, attacker))).toBe("302 /login?error=link_first");
    expect((await attacker.get(`${AUTH}/me`)).status).toBe(401);
    expect(countIdentities(account.id)).toBe(0);
    expect((await account.browser.get(`${AUTH}/me`)).status).toBe(200);
    // Linked by the administrator, the same account of the provider is a way in.
    expect(
      await beginLink(account.browser)
        .then((path) => account.browser.get(path))
        .then(leadsTo),
    ).toBe("302 /account");
    expect(leadsTo(await signInBy(stage, attacker))).toBe("302 /dashboard");
  }
});

test("where sign-up is closed, a stranger is refused, and whoever has an account is not", async () => {
  const account = await stage.deployment.newAccount();
  const known = newPerson(stage);
  const early = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, early))).toBe("302 /dashboard");
  await stage.deployment.restart({
    SIGNUP: "closed",
    PUBLIC_URL: stage.deployment.server.publicUrl,
  });
  for (const id of ["acme", "other"]) {
    stage.peer.allow(`${stage.deployment.server.publicUrl}/accounts/${id}/login/callback`);
  }
  const { email } = newPerson(stage);
  const stranger = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, stranger))).toBe("302 /login?error=signup_closed");
  expect((await stranger.get(`${AUTH}/me`)).status).toBe(401);
  const users = stage.deployment.sql("SELECT id FROM users WHERE email = ?", email);
  expect([users, stage.deployment.sql("SELECT id FROM identities WHERE label = ?", email)]).toEqual(
    [[], []],
  );
  stage.peer.signInAs(known.sub);
  const again = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, again))).toBe("302 /dashboard");
  newPerson(stage, { email: account.email });
  const owner = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, owner))).toBe("302 /dashboard");
});
