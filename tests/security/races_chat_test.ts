/**
 * Many who write at once, and a server that dies meanwhile.
 *
 * @module
 */

import { expect, test } from "bun:test";
import { enter, join, startConversation, tokensOf } from "../support/chat_room.ts";
import type { ChatSocket } from "../support/chat_socket.ts";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { openTwoProcesses } from "../support/two_processes.ts";

const SENDERS = 8;
const MESSAGES = 15;

async function seated(own: Deployment): Promise<{ room: string; accounts: readonly Account[] }> {
  const accounts = await Promise.all(Array.from({ length: SENDERS }, () => own.newAccount()));
  const [first, ...others] = accounts;
  if (first === undefined) throw new TypeError("Cannot start a conversation: nobody is there");
  return { room: await startConversation(first, others), accounts };
}

function seqsOf(socket: ChatSocket): readonly unknown[] {
  return socket.frames.filter(({ type }) => type === "message").map(({ seq }) => seq);
}

function count(to: number): readonly number[] {
  return Array.from({ length: to }, (_, index) => index + 1);
}

test("numbers have no gaps under many senders, and every member gets each message once, in order", async () => {
  const own = await openDeployment();
  try {
    const { room, accounts } = await seated(own);
    const sockets = await Promise.all(accounts.map(({ browser }) => join(own, room, { browser })));
    for (const [sender, socket] of sockets.entries()) {
      for (let each = 0; each < MESSAGES; each += 1) {
        const id = crypto.randomUUID();
        socket.send({ type: "message", id, text: `${sender} ${each}` });
        // Each is sent twice, as by a client that lost an answer.
        if (each % 5 === 0) socket.send({ type: "message", id, text: `${sender} ${each}` });
      }
    }
    const total = SENDERS * MESSAGES;
    for (const socket of sockets) {
      await socket.until(({ type, seq }) => type === "message" && seq === total);
      expect(seqsOf(socket)).toEqual([...count(total)]);
    }
    const [first] = sockets;
    for (const sender of sockets.keys()) {
      const texts = first?.frames
        .map(({ text }) => text)
        .filter((text) => String(text).startsWith(`${sender} `));
      expect(texts).toEqual(Array.from({ length: MESSAGES }, (_, each) => `${sender} ${each}`));
    }
    for (const socket of sockets) await socket[Symbol.asyncDispose]();
  } finally {
    await own.close();
  }
});

test("kill -9 loses no message that was acknowledged, and a resend stores none twice", async () => {
  const own = await openDeployment();
  try {
    const { room, accounts } = await seated(own);
    const sockets = await Promise.all(accounts.map(({ browser }) => join(own, room, { browser })));
    const sent = accounts.map(() => count(MESSAGES).map(() => crypto.randomUUID()));
    for (const [sender, socket] of sockets.entries()) {
      for (const id of sent[sender] ?? []) socket.send({ type: "message", id, text: "x" });
    }
    await sockets[0]?.until(({ type }) => type === "ack");
    await own.crash();
    await Promise.all(sockets.map(({ closed }) => closed));
    const acked = sockets.flatMap(({ frames }) => frames.filter(({ type }) => type === "ack"));
    await own.restart();
    const stored = new Map(
      own
        .sql<{ id: string; seq: number }>("SELECT client_id AS id, seq FROM messages ORDER BY seq")
        .map(({ id, seq }) => [id, seq]),
    );
    expect(acked.length).toBeGreaterThan(0);
    for (const { id, seq } of acked) expect(stored.get(String(id))).toBe(Number(seq));
    for (const [sender, account] of accounts.entries()) {
      const { access_token } = await tokensOf(own, account);
      await using socket = await join(own, room, { query: `?token=${access_token}` });
      for (const id of sent[sender] ?? []) socket.send({ type: "message", id, text: "x" });
      for (const id of sent[sender] ?? []) {
        await socket.until((frame) => frame.type === "ack" && frame["id"] === id);
      }
    }
    const after = own.sql<{ seq: number }>("SELECT seq FROM messages ORDER BY seq");
    expect(after.map(({ seq }) => seq)).toEqual([...count(SENDERS * MESSAGES)]);
  } finally {
    await own.close();
  }
});

/** Members who come to the second process while others write at the first. */
const LATECOMERS = 24;

test("whoever comes while others write at another process hears the very next message after `ready` (race)", async () => {
  const both = await openTwoProcesses();
  try {
    const { room, accounts } = await seated(both.first);
    const [reader] = accounts;
    if (reader === undefined) throw new TypeError("Nobody is there");
    const sockets = await Promise.all(
      accounts.map(({ browser }) => join(both.first, room, { browser })),
    );
    const stays = await join(both.second, room, { browser: reader.browser });
    const total = SENDERS * MESSAGES;
    const late: ChatSocket[] = [];
    for (let each = 0; each < MESSAGES; each += 1) {
      for (const socket of sockets) {
        socket.send({ type: "message", id: crypto.randomUUID(), text: `${each}` });
      }
      if (late.length < LATECOMERS) {
        const browser = reader.browser;
        late.push(enter(both.second, room, { browser }), enter(both.second, room, { browser }));
        await late.at(-1)?.until(({ type }) => type === "ready");
      }
    }
    for (const socket of [stays, ...late]) {
      const { seq } = await socket.until(({ type }) => type === "ready");
      const from = Number(seq);
      if (from < total)
        await socket.until((frame) => frame.type === "message" && frame["seq"] === total);
      expect(seqsOf(socket)).toEqual([...count(total)].slice(from));
    }
    for (const socket of [...sockets, stays, ...late]) await socket[Symbol.asyncDispose]();
  } finally {
    await both.close();
  }
});
