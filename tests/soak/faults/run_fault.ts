/**
 * Breaks something for a while, and mends it.
 *
 * @module
 */

import { connect, type Socket } from "node:net";
import type { Stage } from "../stage.ts";
import type { PlannedFault } from "./fault_plan.ts";

/** Far enough for every access token to run out. */
const STEP_MS = 1_200_000;

/** Callers that send and read next to nothing. */
const SLOW_CALLERS = 200;

/** Breaks it, waits, and mends it. What is killed is started at once. */
export async function runFault(stage: Stage, { name, from, to }: PlannedFault): Promise<void> {
  const { deployment, clock, disk } = stage;
  const lengthMs = to - from;
  switch (name) {
    case "kill_9":
      await deployment.crash();
      await deployment.restart();
      return stage.allowConnections();
    case "restart":
      await deployment.restart();
      return stage.allowConnections();
    case "mail_down":
      deployment.smtp.behave("drop");
      await Bun.sleep(lengthMs);
      return deployment.smtp.behave("accept");
    case "slow_clients":
      return await crawl(deployment.server.url, lengthMs);
    case "disk_full":
      disk?.fill();
      await Bun.sleep(lengthMs);
      return disk?.free();
    case "clock_stepped":
      clock.step(STEP_MS);
      await Bun.sleep(lengthMs);
      return clock.step(0);
  }
}

/** Half a request each, and then a byte now and then; others ask for a page and do not read it. */
async function crawl(url: string, lengthMs: number): Promise<void> {
  const { hostname, port, host } = new URL(url);
  const sockets: Socket[] = [];
  for (let index = 0; index < SLOW_CALLERS; index += 1) {
    const socket = connect(Number(port), hostname);
    socket.on("error", () => undefined);
    if (index % 2 === 0) socket.write(`POST /api/v1/auth/login HTTP/1.1\r\nHost: ${host}\r\nX-A: `);
    else {
      const get = `GET /api/v1/openapi.json HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
      socket.pause();
      socket.write(get.repeat(20));
    }
    sockets.push(socket);
  }
  const dripping = setInterval(() => {
    for (const [index, socket] of sockets.entries()) if (index % 2 === 0) socket.write("a");
  }, 500);
  await Bun.sleep(lengthMs);
  clearInterval(dripping);
  for (const socket of sockets) socket.destroy();
}
