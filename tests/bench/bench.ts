/**
 * What every measurement works with.
 *
 * @module
 */

import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cores, findCores } from "./cores.ts";
import { type LoadGenerator, startLoadGenerator } from "./load/load_generator.ts";
import { type Home, makeHome } from "./postern/make_home.ts";
import type { Options } from "./read_options.ts";
import type { FigureName } from "./report/figure.ts";

/** How long and how often. */
export interface Rounds {
  /** Rounds of each figure; each measures the figure and its floor in turn. */
  readonly count: number;
  /** Before anything is counted, once for each server. */
  readonly firstMs: number;
  /** Before counting, in each round. */
  readonly warmUpMs: number;
  readonly roundMs: number;
  /** How often a program is started. */
  readonly starts: number;
}

/** What every measurement works with. */
export interface Bench {
  readonly cores: Cores;
  readonly rounds: Rounds;
  readonly figures: ReadonlySet<FigureName>;
  readonly size: Options["size"];
  readonly listSize: Options["listSize"];
  /** For files; gone at the end. */
  readonly folder: string;
  /** A small database. */
  readonly home: Home;
  readonly generator: LoadGenerator;
  /** Tells how far it is. */
  say(text: string): void;
}

const ROUNDS: Rounds = { count: 5, firstMs: 2_000, warmUpMs: 300, roundMs: 2_000, starts: 9 };
const QUICK_ROUNDS: Rounds = { count: 3, firstMs: 1_000, warmUpMs: 200, roundMs: 800, starts: 3 };

/** Prepares everything, has it used, and takes it away again. */
export async function withBench<T>(
  options: Options,
  use: (bench: Bench) => Promise<T>,
): Promise<T> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "postern-bench-"));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  stack.defer(clear);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      clear();
      process.exit(1);
    });
  }
  const cores = findCores();
  say("making accounts");
  const home = await makeHome(cores, await makeFolder(folder, "home"));
  const generator = await startLoadGenerator(cores, cores.load);
  stack.defer(() => generator.close());
  const { figures, size, listSize } = options;
  const rounds = options.isQuick ? QUICK_ROUNDS : ROUNDS;
  return await use({ cores, rounds, figures, size, listSize, folder, home, generator, say });
}

/** Makes a folder inside another. */
export async function makeFolder(parent: string, name: string): Promise<string> {
  return await mkdtemp(join(parent, `${name}-`));
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
