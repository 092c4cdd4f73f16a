/**
 * A process that makes load: takes jobs from its parent, one after another, and answers outcomes.
 *
 * A process of its own, so that it can be kept on a core where nothing else is measured.
 *
 * @module
 */

import type { LoadJob, LoadOutcome } from "./job.ts";
import { runClosed } from "./run_closed.ts";
import { runOpen } from "./run_open.ts";

/** What the generator answers. */
export type GeneratorReply =
  | { readonly ok: true; readonly outcome: LoadOutcome }
  | { readonly ok: false; readonly message: string };

if (import.meta.main) {
  process.on("message", (job: LoadJob) => {
    run(job).then(reply, (cause) => reply({ ok: false, message: String(cause) }));
  });
  reply({ ok: false, message: "Ready" });
}

async function run(job: LoadJob): Promise<GeneratorReply> {
  const { pace } = job;
  switch (pace.kind) {
    case "closed":
      return { ok: true, outcome: await runClosed(job, pace.connections) };
    case "open":
      return { ok: true, outcome: await runOpen(job, pace) };
  }
}

function reply(what: GeneratorReply): void {
  process.send?.(what);
}
