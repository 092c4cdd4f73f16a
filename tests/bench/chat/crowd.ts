/**
 * People at a chat, as seen by whoever measures.
 *
 * @module
 */

import { join } from "node:path";
import { type Cores, onCores } from "../cores.ts";
import type { CrowdOrder, CrowdReply, Speech } from "./crowd_child.ts";

/** A process of people. */
export interface Crowd {
  /** Opens a connection for each request. */
  connect(url: URL, requests: readonly string[]): Promise<void>;
  /** Messages that arrived at people a second. */
  speak(speech: Speech): Promise<number>;
  /** Resolves once all are closed: when the last one was, milliseconds since the epoch. */
  allClosed(): Promise<number>;
  close(): Promise<void>;
}

/** Starts one where load is made. */
export async function startCrowd(cores: Cores): Promise<Crowd> {
  let waiting = Promise.withResolvers<CrowdReply>();
  const script = join(import.meta.dir, "crowd_child.ts");
  const child = Bun.spawn(onCores(cores, cores.load, [process.execPath, script]), {
    stdio: ["ignore", "inherit", "inherit"],
    ipc: (reply: CrowdReply) => waiting.resolve(reply),
  });
  const ended = child.exited.then((code) => {
    throw new Error(`Cannot measure the chat: the crowd ended with ${code}`);
  });
  ended.catch(() => undefined);

  async function order<Kind extends CrowdReply["kind"]>(what: CrowdOrder, kind: Kind) {
    waiting = Promise.withResolvers<CrowdReply>();
    child.send(what);
    const reply = await Promise.race([waiting.promise, ended]);
    if (reply.kind === kind) return reply as Extract<CrowdReply, { kind: Kind }>;
    throw new Error(`Cannot measure the chat: ${JSON.stringify(reply)}`);
  }

  await Promise.race([waiting.promise, ended]);
  return {
    async connect({ hostname, port }, requests) {
      await order({ kind: "connect", hostname, port: Number(port), requests }, "done");
    },
    async speak(speech) {
      const { delivered, elapsedMs } = await order({ kind: "speak", ...speech }, "spoken");
      return (delivered / elapsedMs) * 1_000;
    },
    async allClosed() {
      return (await order({ kind: "await_closed" }, "closed")).at;
    },
    async close() {
      child.kill();
      await child.exited;
    },
  };
}
