import { expect, test } from "bun:test";
import { epochMs } from "@postern/std";
import { ENDS, makeConnection } from "./_testing_connections.ts";
import { expireConnections } from "./expire_connections.ts";

/** A connection that is open, with what its socket was told. */
function connected() {
  const made = makeConnection();
  made.connection.open(made.socket);
  return made;
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
    getBufferedAmount: () => 0,
  });
  connection.send({ type: "pong" });
  expect(told).toEqual([4003]);
});
