/**
 * A floor that is counted and not called: does one thing over and over for as long as it is told to.
 *
 * @module
 */

/** How long to count. */
export interface CountRequest {
  readonly durationMs: number;
}

/** How often it was done. */
export interface CountReply {
  readonly count: number;
  readonly elapsedMs: number;
}

/** Counts `step` whenever the parent asks, and says first that it is ready. */
export function countOnRequest(step: () => unknown): void {
  process.on("message", ({ durationMs }: CountRequest) => {
    count(step, durationMs).then(reply, (cause) => {
      process.stderr.write(`${cause}\n`);
      process.exit(1);
    });
  });
  reply({ count: 0, elapsedMs: 0 });
}

async function count(step: () => unknown, durationMs: number): Promise<CountReply> {
  const beganAt = performance.now();
  let done = 0;
  let elapsedMs = 0;
  while (elapsedMs < durationMs) {
    const result = step();
    if (result instanceof Promise) await result;
    done += 1;
    elapsedMs = performance.now() - beganAt;
  }
  return { count: done, elapsedMs };
}

function reply(what: CountReply): void {
  process.send?.(what);
}
