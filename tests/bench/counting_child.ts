/**
 * Floors that are counted, as seen by whoever measures.
 *
 * @module
 */

import { type Cores, onCores } from "./cores.ts";
import type { CountReply, CountRequest } from "./floors/count_on_request.ts";
import { floorScript } from "./server_child.ts";

/** A process that does one thing over and over when told to. */
export interface CountingChild {
  /** How often a second it did it. */
  perSecond(durationMs: number): Promise<number>;
  close(): Promise<void>;
}

/** What to start, and where. */
export interface CountingChildOptions {
  readonly cores: Cores;
  readonly on: readonly number[];
  /** Name of the program in floors/. */
  readonly floor: string;
  readonly args: readonly string[];
}

/** Starts a floor, and waits until it is ready. */
export async function startCountingChild(options: CountingChildOptions): Promise<CountingChild> {
  let waiting = Promise.withResolvers<CountReply>();
  const command = [process.execPath, floorScript(options.floor), ...options.args];
  const child = Bun.spawn(onCores(options.cores, options.on, command), {
    stdio: ["ignore", "ignore", "inherit"],
    ipc: (reply: CountReply) => waiting.resolve(reply),
  });
  const ended = child.exited.then((code) => {
    throw new Error(`Cannot count ${options.floor}: it ended with ${code}`);
  });
  ended.catch(() => undefined);
  await Promise.race([waiting.promise, ended]);
  return {
    async perSecond(durationMs) {
      waiting = Promise.withResolvers<CountReply>();
      child.send({ durationMs } satisfies CountRequest);
      const { count, elapsedMs } = await Promise.race([waiting.promise, ended]);
      return (count / elapsedMs) * 1_000;
    },
    async close() {
      child.kill();
      await child.exited;
    },
  };
}
