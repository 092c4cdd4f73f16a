/**
 * Ten thousand connections that say nothing: they are all served, and of them exactly the right ones end.
 *
 * @module
 */

import { expect, test } from "bun:test";
import { startConversation } from "../support/chat_room.ts";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { allowConnections } from "../support/file_limit.ts";
import { liftLimits } from "../support/lift_limits.ts";
import { metric } from "../support/metric_samples.ts";

const WANTED = 10_000;
/** The most that a user may have. */
const PER_USER = 100;
const USERS_PER_ROOM = 10;
const TEST_MAX_MS = 300_000;

/** A connection of which only this is kept. */
interface Idle {
  readonly socket: WebSocket;
  readonly account: Account;
  isReady: boolean;
  messages: number;
  code: number | undefined;
}

interface Seat {
  readonly account: Account;
  readonly room: string;
  readonly address: string;
}

/** As many users as it takes, ten to a conversation. */
async function seat(deployment: Deployment, count: number): Promise<Seat[]> {
  const seats: Seat[] = [];
  while (seats.length < count) {
    const accounts = await Promise.all(
      Array.from({ length: USERS_PER_ROOM }, () => deployment.newAccount()),
    );
    const [maker, ...others] = accounts;
    if (maker === undefined) throw new TypeError("Cannot seat anybody: nobody is there");
    const room = await startConversation(maker, others);
    const { address } = maker.browser;
    for (const account of accounts) seats.push({ account, room, address });
  }
  return seats.slice(0, count);
}

function open(deployment: Deployment, { account, room, address }: Seat): Idle {
  const { server } = deployment;
  const url = `${server.url.replace(/^http/, "ws")}/ws/chat/${room}`;
  const headers = {
    Cookie: account.browser.jar.header() ?? "",
    Origin: server.publicUrl,
    "X-Forwarded-For": address,
  };
  const idle: Idle = {
    socket: new WebSocket(url, { headers }),
    account,
    isReady: false,
    messages: 0,
    code: undefined,
  };
  idle.socket.addEventListener("message", ({ data }) => {
    const text = String(data);
    if (text.startsWith('{"type":"ready"')) idle.isReady = true;
    else if (text.startsWith('{"type":"message"')) idle.messages += 1;
  });
  idle.socket.addEventListener("close", ({ code }) => {
    idle.code = code;
  });
  return idle;
}

/** Opens all, some at a time. */
async function openAll(deployment: Deployment, seats: readonly Seat[]): Promise<readonly Idle[]> {
  const all: Idle[] = [];
  for (let time = 0; time < PER_USER; time += 1) {
    const some = seats.map((each) => open(deployment, each));
    all.push(...some);
    await eventually("some more are open", () =>
      some.every(({ isReady, code }) => isReady || code !== undefined),
    );
  }
  return all;
}

test(
  "of 10,000 idle connections a message reaches all of its conversation, and one session's end closes its own alone",
  async () => {
    const deployment = await openDeployment();
    try {
      await liftLimits(deployment, "upgrade_address");
      const allowed = allowConnections(WANTED, process.pid, deployment.server.pid);
      const users = Math.floor(allowed / PER_USER);
      const count = users * PER_USER;
      if (count < WANTED) {
        process.stderr.write(
          `chat_many_test.ts: ${count} connections instead of ${WANTED}, since the system allows no more files\n`,
        );
      }
      const all = await openAll(deployment, await seat(deployment, users));
      expect(all.filter(({ isReady }) => isReady)).toHaveLength(count);
      expect(await metric(deployment, "postern_sockets")).toBe(count);

      const [first] = all;
      if (first === undefined) throw new TypeError("Nobody is there");
      const text = "Is anybody awake?";
      first.socket.send(JSON.stringify({ type: "message", id: crypto.randomUUID(), text }));
      const listeners = all.filter(({ socket }) => socket.url === first.socket.url);
      expect(listeners).toHaveLength(Math.min(USERS_PER_ROOM, users) * PER_USER);
      await eventually("all of them have it", () =>
        listeners.every(({ messages }) => messages > 0),
      );
      expect(all.reduce((sum, { messages }) => sum + messages, 0)).toBe(listeners.length);

      await first.account.browser.post("/api/v1/auth/logout");
      const theirs = all.filter(({ account }) => account === first.account);
      await eventually("they are closed", () => theirs.every(({ code }) => code !== undefined));
      expect(theirs.map(({ code }) => code)).toEqual(Array.from({ length: PER_USER }, () => 4001));
      expect(all.filter(({ code }) => code !== undefined)).toHaveLength(PER_USER);
      expect(await metric(deployment, "postern_sockets")).toBe(count - PER_USER);
      for (const { socket } of all) socket.close();
    } finally {
      await deployment.close();
    }
  },
  TEST_MAX_MS,
);
