/**
 * What ends at one process of a server, or by the operator's command, ends connections at both: with
 * Redis between them and without.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { enter, join, startConversation } from "../support/chat_room.ts";
import type { ChatSocket } from "../support/chat_socket.ts";
import { GOOD_PASSWORD, type Visitor } from "../support/deployment.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../support/redis_server.ts";
import { openTwoProcesses, type TwoProcesses } from "../support/two_processes.ts";

/** Long enough for a slow machine; each wait has an end of its own. */
const TEST_MAX_MS = 120_000;

let redis: RedisServer | undefined;

afterAll(async () => await redis?.close(), TEST_MAX_MS);

describe("without Redis", () => testEndings(() => Promise.resolve({})));

describe.skipIf(REDIS_SERVER === undefined)("with Redis", () => {
  testEndings(async () => {
    redis = await startRedisServer();
    return { REDIS_URL: redis.url };
  });
});

function testEndings(prepare: () => Promise<Readonly<Record<string, string>>>): void {
  let both: TwoProcesses;

  beforeAll(async () => {
    both = await openTwoProcesses(await prepare());
  }, TEST_MAX_MS);
  afterAll(async () => await both.close(), TEST_MAX_MS);

  /** A connection of a browser to either process. */
  function joinBoth(id: string, browser: Visitor): Promise<readonly ChatSocket[]> {
    return Promise.all([both.first, both.second].map((process) => join(process, id, { browser })));
  }

  test(
    "a user who is blocked is out at both, and can come back to neither",
    async () => {
      const [ada, eve] = await Promise.all([both.first.newAccount(), both.first.newAccount()]);
      const id = await startConversation(ada, [eve]);
      const [kept, out] = [await joinBoth(id, ada.browser), await joinBoth(id, eve.browser)];
      await both.first.admin("users", "block", eve.username);
      expect(await closesOf(out)).toEqual([4001, 4001]);
      for (const process of [both.first, both.second]) {
        expect(await enter(process, id, { browser: eve.browser }).closed).toBe(4001);
      }
      await expectOpen(kept);
    },
    TEST_MAX_MS,
  );

  test(
    "a changed password ends the user's other sessions at both, and not the one it was changed in",
    async () => {
      const eve = await both.first.newAccount();
      const id = await startConversation(eve);
      const other = await both.first.signIn(eve);
      const [kept, out] = [await joinBoth(id, eve.browser), await joinBoth(id, other)];
      const body = { current_password: GOOD_PASSWORD, new_password: "another-horse-staple-7" };
      const changed = await eve.browser.post("/api/v1/auth/password/change", body);
      expect(changed.status).toBe(200);
      expect(await closesOf(out)).toEqual([4001, 4001]);
      await expectOpen(kept);
    },
    TEST_MAX_MS,
  );

  test(
    "a member who is removed is out of the conversation at both: 4003",
    async () => {
      const [ada, bob] = await Promise.all([both.first.newAccount(), both.first.newAccount()]);
      const id = await startConversation(ada, [bob]);
      const [kept, out] = [await joinBoth(id, ada.browser), await joinBoth(id, bob.browser)];
      const path = `/api/v1/conversations/${id}/members/${bob.id}`;
      expect((await ada.browser.request("DELETE", path)).status).toBe(204);
      expect(await closesOf(out)).toEqual([4003, 4003]);
      await expectOpen(kept);
    },
    TEST_MAX_MS,
  );
}

function closesOf(sockets: readonly ChatSocket[]): Promise<readonly number[]> {
  return Promise.all(sockets.map(({ closed }) => closed));
}

async function expectOpen(sockets: readonly ChatSocket[]): Promise<void> {
  for (const socket of sockets) {
    socket.send({ type: "ping" });
    await socket.until(({ type }) => type === "pong");
    await socket[Symbol.asyncDispose]();
  }
}
