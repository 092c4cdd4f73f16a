/**
 * Whoever asks for much and reads nothing is cut off, and costs nobody else anything.
 *
 * @module
 */

import { expect, test } from "bun:test";
import { connect, type Socket } from "node:net";
import { join, startConversation, tokensOf } from "../support/chat_room.ts";
import { type Deployment, openDeployment } from "../support/deployment.ts";

/** A masked text frame of a client. RFC 6455, section 5.2; masked with zeros. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** Opens a WebSocket by hand, and reads nothing from it but that it is open. */
async function openUnread(url: string, path: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  );
  const first = await new Promise<string>((resolve) => {
    socket.once("data", (data) => resolve(String(data)));
  });
  socket.pause();
  expect(first).toStartWith("HTTP/1.1 101");
  return socket;
}

/** Waits until so many are open. */
async function untilSockets(own: Deployment, wanted: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  const sample = new RegExp(`^postern_sockets ${wanted}$`, "m");
  while (!sample.test((await own.visitor().get("/metrics")).text)) {
    if (Date.now() > deadline) throw new Error(`Cannot find ${wanted} open sockets`);
    await Bun.sleep(20);
  }
}

test("a slow reader is cut off once 1 MiB waits for it (memory exhaustion)", async () => {
  const own = await openDeployment();
  try {
    const ada = await own.newAccount();
    const room = await startConversation(ada);
    await using other = await join(own, room, { browser: ada.browser });
    for (let each = 0; each < 20; each += 1) {
      other.send({ type: "message", id: crypto.randomUUID(), text: "\u{1f600}".repeat(3_900) });
    }
    await other.until(({ type, seq }) => type === "ack" && seq === 20);
    const { access_token } = await tokensOf(own, ada);
    await untilSockets(own, 1);
    const slow = await openUnread(own.server.url, `/ws/chat/${room}?token=${access_token}`);
    await untilSockets(own, 2);
    slow.on("error", () => undefined);
    // 300 kB each: some 30 MB, which no buffer of the system holds.
    for (let each = 0; each < 95; each += 1) slow.write(textFrame('{"type":"history"}'));
    await untilSockets(own, 1);
    other.send({ type: "ping" });
    await other.until(({ type }) => type === "pong");
    slow.destroy();
  } finally {
    await own.close();
  }
});
