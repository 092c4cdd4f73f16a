/**
 * What the benchmark is asked for on its command line.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { err, ok, type Result } from "@postern/std";
import { FIGURE_NAMES, type FigureName } from "./report/figure.ts";
import type { SeedSize } from "./seed/seed_database.ts";

/** What to measure, and how. */
export interface Options {
  readonly isJson: boolean;
  /** Fewer and shorter rounds: figures that show the order of things only. */
  readonly isQuick: boolean;
  readonly figures: ReadonlySet<FigureName>;
  /** Size of the large database. */
  readonly size: SeedSize;
  /** Size of the one whose lists are read. */
  readonly listSize: SeedSize;
  /** Whether figures are measured at several sizes, too. */
  readonly isGrowth: boolean;
  /** Page of the report that this run adds to. */
  readonly report: string | undefined;
}

/** Shown with a wrong command line. */
export const USAGE = `bun run bench [--json] [--quick] [--only figure,…] [--small] [--users N] [--events N]
    [--growth] [--report docs/bench/DATE.md]
Figures: ${FIGURE_NAMES.join(", ")}`;

const SIZE: SeedSize = { users: 100_000, sessions: 100_000, events: 1_000_000 };
const QUICK_SIZE: SeedSize = { users: 10_000, sessions: 10_000, events: 100_000 };

/** Ten times the events, which takes minutes to make, once. */
const LIST_SIZE: SeedSize = { users: 100_000, sessions: 1_000_000, events: 10_000_000 };
const SMALL_LIST_SIZE: SeedSize = { users: 10_000, sessions: 100_000, events: 300_000 };

/** Reads the command line. An error is one line for people. */
export function readOptions(args: readonly string[]): Result<Options, string> {
  const parsed = parse(args);
  if (!parsed.ok) return parsed;
  const { json = false, quick = false, small = false, only, users, events, report } = parsed.value;
  const { growth: isGrowth = false } = parsed.value;
  if (report !== undefined && !report.endsWith(".md")) return err("--report takes a path to a .md");
  const names = only?.split(",").filter((name) => name !== "") ?? FIGURE_NAMES;
  const unknown = names.find((name) => !isFigureName(name));
  if (unknown !== undefined) return err(`There is no figure "${unknown}"`);
  const byDefault = quick || small ? QUICK_SIZE : SIZE;
  const userCount = count(users, byDefault.users);
  const eventCount = count(events, byDefault.events);
  const size = { users: userCount, sessions: userCount, events: eventCount };
  const listSize = quick || small ? SMALL_LIST_SIZE : LIST_SIZE;
  if (Number.isNaN(size.users + size.events)) {
    return err("--users and --events take a whole number, at least 1");
  }
  const figures = new Set(names.filter(isFigureName));
  return ok({ isJson: json, isQuick: quick, figures, size, listSize, isGrowth, report });
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: "boolean" },
        quick: { type: "boolean" },
        small: { type: "boolean" },
        only: { type: "string" },
        users: { type: "string" },
        events: { type: "string" },
        growth: { type: "boolean" },
        report: { type: "string" },
      },
    });
    return ok(values);
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}

function isFigureName(name: string): name is FigureName {
  return (FIGURE_NAMES as readonly string[]).includes(name);
}

/** A whole number from 1; NaN where it is none. */
function count(given: string | undefined, byDefault: number): number {
  if (given === undefined) return byDefault;
  return /^[1-9]\d{0,8}$/.test(given) ? Number(given) : Number.NaN;
}
