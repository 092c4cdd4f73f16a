/**
 * A console that somebody sits at: main's and the preload's own code, and the built page in Chromium.
 *
 * ```ts
 * await using console = await openConsole(browser);
 * await console.page.getByRole("button", { name: "Sign in" }).click();
 * const address = await console.electron.nextAddress();   // what the system's browser was told to open
 * ```
 *
 * @module
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bridge, buildConsole, startConsole } from "@postern/console";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ElectronDouble, type SystemOptions } from "./electron_double.ts";

/** How to set it up. */
export interface ConsoleOptions extends Partial<Pick<SystemOptions, "keyring">> {
  /** Of the window, such as its size and colour scheme. */
  readonly context?: BrowserContextOptions;
}

/** A console. */
export interface TestConsole extends AsyncDisposable {
  /** What its window shows now. */
  readonly page: Page;
  /** The system as it is now: what was opened, copied and shown; which file is picked. */
  readonly electron: ElectronDouble;
  /** Calls a verb of the bridge from within the page. */
  verb<Name extends PromisedVerb>(
    name: Name,
    ...args: Parameters<Bridge[Name]>
  ): ReturnType<Bridge[Name]>;
  /** Where it keeps its files. */
  readonly folder: string;
  /** Ends it and starts it anew on the same files. */
  restart(): Promise<void>;
}

/** Verbs that take and answer data alone. */
type PromisedVerb = Exclude<keyof Bridge, "subscribe" | "onState" | "exportEvents">;

const WINDOW = { width: 1_280, height: 820 };

/** Longest wait for the page to do something. Tests wait on conditions: it is spent on failure alone. */
const PATIENCE_MS = 90_000;

/** Builds what is stale, and starts it. */
export async function openConsole(
  browser: Browser,
  options: ConsoleOptions = {},
): Promise<TestConsole> {
  await buildConsole();
  const folder = await mkdtemp(join(tmpdir(), "postern-console-"));
  let running = await start(browser, folder, options);
  return {
    folder,
    get page() {
      return running.electron.window.page;
    },
    get electron() {
      return running.electron;
    },
    verb(name, ...args) {
      const call = ({ name, args }: { name: string; args: readonly unknown[] }) => {
        const { postern } = globalThis as unknown as { postern: Record<string, Verb> };
        return postern[name]?.(...args);
      };
      return running.electron.window.page.evaluate(call, { name, args }) as never;
    },
    async restart() {
      await running.stop();
      running = await start(browser, folder, options);
    },
    async [Symbol.asyncDispose]() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Verb = (...args: readonly unknown[]) => unknown;

async function start(browser: Browser, folder: string, options: ConsoleOptions) {
  const { keyring = "gnome_libsecret" } = options;
  const context = await browser.newContext({ viewport: WINDOW, ...options.context });
  context.setDefaultTimeout(PATIENCE_MS);
  const electron = new ElectronDouble({ folder, context, keyring });
  await startConsole({ electron: electron.parts(), fetch, platform: "linux" });
  async function stop(): Promise<void> {
    electron.app.quit();
    await context.close();
  }
  return { electron, stop };
}
