/**
 * A WebSocket by hand, which answers nothing: no ping, and no frame unless a test reads it.
 *
 * @module
 */

import { connect, type Socket } from "node:net";

/** A masked text frame of a client. RFC 6455, section 5.2; masked with zeros. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** Opens a WebSocket by hand, and reads nothing from it but that it is open. */
export async function openUnread(url: string, path: string): Promise<Socket> {
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
  if (!first.startsWith("HTTP/1.1 101")) throw new Error(`Cannot open a WebSocket: ${first}`);
  return socket;
}
