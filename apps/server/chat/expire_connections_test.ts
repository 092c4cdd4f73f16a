import { expect, test } from "bun:test";
import type { SessionId, UserId } from "@postern/auth";
import type { ConversationId } from "@postern/chat";
import { epochMs } from "@postern/std";
import { Connection } from "./connection.ts";
import { expireConnections } from "./expire_connections.ts";

const ENDS = 1_780_000_000_000;

/** A connection, with what its socket was told. */
function connected() {
  const connection = new Connection({
    actor: {
      type: "user",
      requestId: "r",
      ip: null,
      userAgent: null,
      userId: 1 as UserId,
      username: "ada",
      role: null,
      sessionId: "s" as SessionId,
      signedInAt: epochMs(0),
    },
    conversationId: "c" as ConversationId,
    addressKey: "a",
    keyId: null,
    expiresAt: epochMs(ENDS),
  });
  const told: unknown[] = [];
  connection.open({
    send: (text) => told.push(JSON.parse(text)),
    close: (code) => told.push(code),
    subscribe: () => undefined,
    publish: () => 0,
  });
  return { connection, told };
}

const EXPIRING = { type: "expiring", at: new Date(ENDS).toISOString() };

test("a connection is warned once, a minute ahead, and ended exactly when its token runs out", () => {
  const { connection, told } = connected();
  for (const [beforeMs, expected] of [
    [60_001, []],
    [60_000, [EXPIRING]],
    [1, [EXPIRING]],
    [0, [EXPIRING, 4001]],
    [-1, [EXPIRING, 4001]],
  ] as const) {
    expireConnections([connection], epochMs(ENDS - beforeMs));
    expect(told).toEqual([...expected]);
  }
});

test("a renewed connection lives on, and is warned again", () => {
  const { connection, told } = connected();
  expireConnections([connection], epochMs(ENDS - 1));
  connection.expiresAt = epochMs(ENDS + 60_001);
  connection.isWarned = false;
  expireConnections([connection], epochMs(ENDS));
  expect(told).toEqual([EXPIRING]);
  expireConnections([connection], epochMs(ENDS + 1));
  expect(told).toHaveLength(2);
});

test("a connection that was ended before it was open is closed when it opens, and says nothing", () => {
  const { connection } = connected();
  connection.end(4003);
  connection.end(4001);
  const told: unknown[] = [];
  connection.open({
    send: () => told.push("sent"),
    close: (code) => told.push(code),
    subscribe: () => undefined,
    publish: () => 0,
  });
  connection.send({ type: "pong" });
  expect(told).toEqual([4003]);
});
