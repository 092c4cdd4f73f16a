/**
 * A subscription that a console's page follows, and what it was told.
 *
 * @module
 */

import type { RpcEvent } from "@postern/console";
import type { Page } from "playwright-core";

/** Longest wait for what a page is to be told: spent on failure alone. */
const PATIENCE_MS = 60_000;

/** A subscription. */
export interface Followed {
  /** All that was told so far. */
  events(): Promise<readonly RpcEvent[]>;
  /** Waits until what was told is enough. */
  until(isEnough: (events: readonly RpcEvent[]) => boolean): Promise<readonly RpcEvent[]>;
  /** Stops it. */
  stop(): Promise<void>;
}

let followed = 0;

/** Has the page follow something. */
export async function followSubscription(
  page: Page,
  call: { readonly path: string; readonly input: unknown },
): Promise<Followed> {
  followed += 1;
  const name = `followed${followed}`;
  await page.evaluate(
    ({ name, call }) => {
      const place = globalThis as unknown as Place;
      const told: unknown[] = [];
      const stop = place.postern.subscribe(call, (event) => told.push(event));
      place[name] = { told, stop };
    },
    { name, call },
  );
  async function events(): Promise<readonly RpcEvent[]> {
    const told = (name: string) => (globalThis as unknown as Place)[name]?.told ?? [];
    return (await page.evaluate(told, name)) as readonly RpcEvent[];
  }
  return {
    events,
    async until(isEnough) {
      const deadline = Date.now() + PATIENCE_MS;
      while (true) {
        const told = await events();
        if (isEnough(told)) return told;
        if (Date.now() > deadline) throw new Error(`Told so far: ${JSON.stringify(told)}`);
        await Bun.sleep(20);
      }
    },
    stop: () => page.evaluate((name) => (globalThis as unknown as Place)[name]?.stop(), name),
  };
}

type Place = Record<string, { readonly told: unknown[]; readonly stop: () => void }> & {
  readonly postern: {
    subscribe(call: unknown, listener: (event: unknown) => void): () => void;
  };
};
