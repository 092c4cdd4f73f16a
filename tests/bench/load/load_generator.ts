/**
 * A load generator, as seen by whoever measures.
 *
 * @module
 */

import { join } from "node:path";
import { type Cores, onCores } from "../cores.ts";
import type { GeneratorReply } from "./generator.ts";
import type { LoadJob, LoadOutcome } from "./job.ts";

/** A process that makes load. */
export interface LoadGenerator {
  /** Runs one load to its end. One at a time. */
  run(job: LoadJob): Promise<LoadOutcome>;
  close(): Promise<void>;
}

/** Starts a generator on some cores. */
export async function startLoadGenerator(
  cores: Cores,
  on: readonly number[],
): Promise<LoadGenerator> {
  let waiting = Promise.withResolvers<GeneratorReply>();
  const script = join(import.meta.dir, "generator.ts");
  const child = Bun.spawn(onCores(cores, on, [process.execPath, script]), {
    stdio: ["ignore", "inherit", "inherit"],
    ipc: (reply: GeneratorReply) => waiting.resolve(reply),
  });
  const ended = child.exited.then((code) => {
    throw new Error(`Cannot make load: the generator ended with ${code}`);
  });
  ended.catch(() => undefined);
  await Promise.race([waiting.promise, ended]);
  return {
    async run(job) {
      waiting = Promise.withResolvers<GeneratorReply>();
      child.send(job);
      const reply = await Promise.race([waiting.promise, ended]);
      if (reply.ok) return reply.outcome;
      throw new Error(`Cannot finish a load: ${reply.message}`);
    },
    async close() {
      child.kill();
      await child.exited;
    },
  };
}
