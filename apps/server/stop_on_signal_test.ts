import { expect, test } from "bun:test";
import { join } from "node:path";

const MODULE = join(import.meta.dir, "stop_on_signal.ts");

/** Runs a process that stops in a way of its own, sends it signals, and gives how it ended. */
async function endOf(stop: string, signals: readonly NodeJS.Signals[]): Promise<number> {
  const script = `
    const { stopOnSignal } = await import(${JSON.stringify(MODULE)});
    setInterval(() => undefined, 1_000);
    stopOnSignal(${stop}, 400);
    process.stdout.write("ready");
  `;
  const child = Bun.spawn([process.execPath, "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await child.stdout.getReader().read();
  for (const signal of signals) child.kill(signal);
  return await child.exited;
}

test("stopOnSignal() ends the process by 0 once all has stopped", async () => {
  expect(await endOf("async () => { await Bun.sleep(20); }", ["SIGTERM"])).toBe(0);
  expect(await endOf("async () => undefined", ["SIGINT"])).toBe(0);
});

test("stopOnSignal() ends the process by 1 where something does not let go, however often it is told", async () => {
  expect(await endOf("() => new Promise(() => undefined)", ["SIGTERM"])).toBe(1);
  expect(await endOf("() => new Promise(() => undefined)", ["SIGTERM", "SIGINT"])).toBe(1);
});
