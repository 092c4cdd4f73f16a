/**
 * Whoever asks for much and reads nothing is cut off, and costs nobody else anything.
 *
 * @module
 */

import { expect, test } from "bun:test";
import { join, startConversation, tokensOf } from "../support/chat_room.ts";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { liftLimits } from "../support/lift_limits.ts";
import { metric } from "../support/metric_samples.ts";
import { openUnread, textFrame } from "../support/raw_web_socket.ts";

/** Waits until so many are open. */
async function untilSockets(own: Deployment, wanted: number): Promise<void> {
  await eventually(
    `${wanted} sockets are open`,
    async () => (await metric(own, "postern_sockets")) === wanted,
  );
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

/** Of 16 KB each: some 30 MB, which no buffer of the system holds. */
const LONG_MESSAGES = 2_000;
const LONG_TEXT = "\u{1f600}".repeat(3_900);

test("who does not read what others say is cut off, and the others are not held up (memory exhaustion)", async () => {
  const own = await openDeployment();
  try {
    await liftLimits(own, "chat_connection");
    const ada = await own.newAccount();
    const room = await startConversation(ada);
    await using other = await join(own, room, { browser: ada.browser });
    const { access_token } = await tokensOf(own, ada);
    const slow = await openUnread(own.server.url, `/ws/chat/${room}?token=${access_token}`);
    slow.on("error", () => undefined);
    await untilSockets(own, 2);
    let mostWaiting = 0;
    for (let each = 1; each <= LONG_MESSAGES; each += 1) {
      other.send({ type: "message", id: crypto.randomUUID(), text: LONG_TEXT });
      if (each % 200 > 0) continue;
      await other.until(({ type, seq }) => type === "ack" && seq === each);
      mostWaiting = Math.max(mostWaiting, await metric(own, "postern_socket_backlog_bytes"));
    }
    await untilSockets(own, 1);
    expect(mostWaiting).toBeLessThan(4 * 1_048_576);
    await other.until(({ type, seq }) => type === "message" && seq === LONG_MESSAGES);
    slow.destroy();
  } finally {
    await own.close();
  }
}, 120_000);
