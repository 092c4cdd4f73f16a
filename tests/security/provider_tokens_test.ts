/**
 * Tokens of providers: refreshed by two servers at once, asked for or not, and moved from user to user.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { eventually } from "../support/eventually.ts";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import { AUTH } from "./_acts.ts";
import { newPerson, openProviderStage, type ProviderStage, signInBy } from "./_provider_visits.ts";

let stage: ProviderStage;
let second: ServerProcess;

/** How long tokens of the peer live from now on, seconds. */
let lifetimeS = 60;

beforeAll(async () => {
  stage = await openProviderStage();
  const { server, folder } = stage.deployment;
  second = await startServer({ folder, env: { PUBLIC_URL: server.publicUrl, PORT: "0" } });
  stage.peer.tamper("/token", async (answer) => {
    // Time for all who would refresh, too, to come.
    if (lifetimeS > 60) await Bun.sleep(300);
    return Response.json({ ...((await answer.json()) as object), expires_in: lifetimeS });
  });
});

afterAll(async () => {
  await second.stop();
  await stage.close();
});

interface Handed {
  readonly status: number;
  readonly token: string | undefined;
}

test("of all that ask two servers at once for a token that is due, one reaches the provider", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  await signInBy(stage, visitor);
  const list = await visitor.get(`${AUTH}/accounts`);
  const [item] = (list.json as { items: { id: string }[] }).items;
  const session = visitor.jar.find("sessionid") ?? "";
  lifetimeS = 3_600;

  async function askFor(server: ServerProcess): Promise<Handed> {
    const answer = await fetch(`${server.url}${AUTH}/accounts/${item?.id}/token`, {
      headers: { Cookie: `sessionid=${session}`, Host: new URL(server.publicUrl).host },
    });
    const json = (await answer.json()) as { access_token?: string };
    return { status: answer.status, token: json.access_token };
  }

  const before = stage.peer.calls.length;
  const askers = Array.from({ length: 8 }, () => [stage.deployment.server, second]).flat();
  const handed = await Promise.all(askers.map(askFor));
  expect(handed.map(({ status }) => status)).toEqual(askers.map(() => 200));
  expect(new Set(handed.map(({ token }) => token)).size).toBe(1);
  const refreshes = stage.peer.calls
    .slice(before)
    .filter(({ path, body }) => path === "/token" && body.includes("refresh_token"));
  expect(refreshes).toHaveLength(1);
});

test("tokens that were moved to another user's row are handed to neither of them (swapped rows)", async () => {
  const { deployment } = stage;
  lifetimeS = 3_600;
  const users = [];
  for (const _ of ["ada", "eve"]) {
    newPerson(stage);
    const visitor = deployment.visitor();
    await signInBy(stage, visitor);
    const list = await visitor.get(`${AUTH}/accounts`);
    const [item] = (list.json as { items: { id: string }[] }).items;
    users.push({ visitor, id: item?.id ?? "", path: `${AUTH}/accounts/${item?.id}/token` });
  }
  const [ada, eve] = users;
  if (ada === undefined || eve === undefined) throw new Error("Nobody signed in");
  const before = await ada.visitor.get(ada.path);
  expect([before.status, (await eve.visitor.get(eve.path)).status]).toEqual([200, 200]);
  const sql = "SELECT sealed_access AS sealed FROM identity_tokens WHERE identity_id = ?";
  const [hers] = deployment.sql<{ sealed: string }>(sql, ada.id);
  deployment.sql(
    "UPDATE identity_tokens SET sealed_access = ? WHERE identity_id = ?",
    hers?.sealed ?? "",
    eve.id,
  );
  const after = await eve.visitor.get(eve.path);
  const { access_token: token = "" } = before.json as { access_token?: string };
  expect([after.status, after.text.includes(token)]).toEqual([502, false]);
  // An identity's row itself: whose it is decides who may ask.
  expect((await eve.visitor.get(ada.path)).status).toBe(404);
});

/** Signs people in, and makes their tokens due: the ids of their identities. */
async function dueTokens(count: number): Promise<readonly string[]> {
  const { deployment } = stage;
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    newPerson(stage);
    const visitor = deployment.visitor();
    await signInBy(stage, visitor);
    const list = await visitor.get(`${AUTH}/accounts`);
    const [item] = (list.json as { items: { id: string }[] }).items;
    ids.push(item?.id ?? "");
  }
  for (const id of ids) {
    deployment.sql("UPDATE identity_tokens SET refresh_at = 1 WHERE identity_id = ?", id);
  }
  return ids;
}

function generationOf(id: string): number | undefined {
  const sql = "SELECT generation AS n FROM identity_tokens WHERE identity_id = ?";
  return stage.deployment.sql<{ n: number }>(sql, id)[0]?.n;
}

test("tokens that are due are refreshed before anybody asks, each by one of two servers", async () => {
  lifetimeS = 3_600;
  const before = stage.peer.calls.length;
  const ids = await dueTokens(5);
  await eventually("all are refreshed", () => ids.every((id) => generationOf(id) === 2));
  const refreshes = stage.peer.calls
    .slice(before)
    .filter(({ path, body }) => path === "/token" && body.includes("refresh_token"));
  expect(refreshes).toHaveLength(ids.length);
  const sql = "SELECT count(*) AS n FROM identity_tokens WHERE refresh_at <= ?";
  const soon = Date.now() + 40 * 60_000;
  expect(stage.deployment.sql(sql, soon)).toEqual([{ n: 0 }]);
}, 120_000);

test("a server that is stopped while it refreshes keeps what the provider gave", async () => {
  await second.stop();
  const [id = ""] = await dueTokens(1);
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  stage.peer.tamper("/token", async (answer) => {
    asked.resolve();
    await goOn.promise;
    return answer;
  });
  await asked.promise;
  const restarting = stage.deployment.restart();
  await Bun.sleep(300);
  goOn.resolve();
  await restarting;
  expect(generationOf(id)).toBe(2);
}, 120_000);
