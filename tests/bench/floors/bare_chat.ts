/**
 * Floor of the chat: Bun's own WebSockets and publish, without anybody's name, and storing nothing.
 *
 * What arrives is acknowledged, and a frame like one of ours goes to all.
 *
 * @module
 */

import { announce } from "./_announce.ts";

if (import.meta.main) {
  const id = "00000000-0000-4000-8000-000000000000";
  const text = "The gate is open until nine; whoever comes later rings the bell. ".padEnd(100, ".");
  const user = { id: "50", username: "bench-49" };
  const at = "2026-11-24T12:00:00.000Z";
  const frame = JSON.stringify({ type: "message", seq: 12_345, id, user, text, at });
  const ack = JSON.stringify({ type: "ack", id, seq: 12_345 });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request, own) => (own.upgrade(request) ? undefined : new Response("No")),
    websocket: {
      open: (socket) => void socket.subscribe("all"),
      message(socket) {
        server.publish("all", frame);
        socket.send(ack);
      },
    },
  });
  announce(server.port);
}
