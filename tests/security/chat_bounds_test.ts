/**
 * Many connections: how many a user and an address may have, what it costs others, and that of ten
 * thousand exactly the right ones end.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { join as joinPath } from "node:path";
import { blockAddress } from "@postern/auth";
import { openCore } from "@postern/server/compose.ts";
import { readConfig } from "@postern/server/config.ts";
import { enter, join, startConversation, tokensOf } from "../support/chat_room.ts";
import type { ChatSocket } from "../support/chat_socket.ts";
import {
  type Account,
  type Deployment,
  freshAddress,
  openDeployment,
} from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { liftLimits } from "../support/lift_limits.ts";
import { metric } from "../support/metric_samples.ts";

const PER_USER = 100;
const PER_ADDRESS = 1_000;
const TEST_MAX_MS = 240_000;

let deployment: Deployment;
let ada: Account;
let room: string;

beforeAll(async () => {
  deployment = await openDeployment();
  await liftLimits(deployment, "upgrade_address");
  ada = await deployment.newAccount();
  room = await startConversation(ada);
}, TEST_MAX_MS);

afterAll(async () => {
  await deployment.close();
}, TEST_MAX_MS);

async function closeAll(sockets: readonly ChatSocket[]): Promise<void> {
  await Promise.all(sockets.map((socket) => socket[Symbol.asyncDispose]()));
}

/** Opens many, some at a time. */
async function joinMany(
  count: number,
  open: (index: number) => Promise<ChatSocket>,
): Promise<ChatSocket[]> {
  const sockets: ChatSocket[] = [];
  while (sockets.length < count) {
    const some = Math.min(50, count - sockets.length);
    const from = sockets.length;
    sockets.push(...(await Promise.all(Array.from({ length: some }, (_, n) => open(from + n)))));
  }
  return sockets;
}

test(
  "a user has 100 connections at most, from wherever: the next is 4008, until one ends",
  async () => {
    const bob = await deployment.newAccount();
    const own = await startConversation(bob, [ada]);
    const sockets = await joinMany(PER_USER, () => join(deployment, own, { browser: bob.browser }));
    const refused = await metric(deployment, 'postern_sockets_refused_total{code="4008"}');
    expect(await enter(deployment, own, { browser: bob.browser }).closed).toBe(4008);
    expect(await metric(deployment, 'postern_sockets_refused_total{code="4008"}')).toBe(
      refused + 1,
    );
    // Nobody else is held up by it.
    await closeAll([await join(deployment, own, { browser: ada.browser })]);
    const [first, ...others] = sockets;
    await first?.[Symbol.asyncDispose]();
    await eventually("there is room again", async () => {
      const socket = enter(deployment, own, { browser: bob.browser });
      const ready = socket.until(({ type }) => type === "ready").catch(() => null);
      const isIn = (await Promise.race([ready, socket.closed])) !== 4008;
      if (isIn) others.push(socket);
      return isIn;
    });
    await closeAll(others);
  },
  TEST_MAX_MS,
);

test(
  "an address has 1,000 connections at most, of however many users: the next is 4008",
  async () => {
    const users = PER_ADDRESS / PER_USER;
    const accounts = await Promise.all(
      Array.from({ length: users }, () => deployment.newAccount()),
    );
    const crowd = await startConversation(ada, accounts);
    const address = freshAddress();
    const sockets = await joinMany(PER_ADDRESS, (index) =>
      join(deployment, crowd, { browser: (accounts[index % users] ?? ada).browser, address }),
    );
    expect(await enter(deployment, crowd, { browser: ada.browser, address }).closed).toBe(4008);
    await closeAll([await join(deployment, crowd, { browser: ada.browser })]);
    await closeAll(sockets);
  },
  TEST_MAX_MS,
);

test(
  "an address that is kept out loses its open connections, and no other does: 4003",
  async () => {
    const address = freshAddress();
    const { access_token: token } = await tokensOf(deployment, ada);
    const query = `?token=${token}`;
    const kept = await join(deployment, room, { query });
    const lost = [
      await join(deployment, room, { query, address }),
      await join(deployment, room, { browser: ada.browser, address }),
    ];
    const file = joinPath(deployment.folder, "data/postern.db");
    const config = readConfig({ DATABASE_URL: `file:${file}` });
    const core = config.ok ? await openCore(config.value) : config;
    if (!core.ok) throw new Error("Cannot open the database");
    const actor = { type: "operator", username: "root", requestId: "t", ip: null } as const;
    const blocked = await blockAddress(
      core.value,
      { ...actor, userAgent: null },
      { cidr: address, reason: null, until: null },
    );
    expect(blocked.ok).toBe(true);
    for (const socket of lost) expect(await socket.closed).toBe(4003);
    kept.send({ type: "ping" });
    await kept.until(({ type }) => type === "pong");
    await closeAll([kept]);
    await core.value.close();
  },
  TEST_MAX_MS,
);
