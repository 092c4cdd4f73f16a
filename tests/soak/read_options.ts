/**
 * What the soak is asked for on its command line.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { err, ok, type Result } from "@postern/std";

/** How long, how many, and what is told. */
export interface Options {
  /** Time of the traffic, milliseconds. */
  readonly durationMs: number;
  /** WebSockets that are open at once. */
  readonly sockets: number;
  /** Whether the last line is the report in JSON. */
  readonly isJson: boolean;
  /** Where the report is written as JSON, too. */
  readonly file: string | undefined;
}

/** Shown with a wrong command line. */
export const USAGE =
  "bun run soak [--minutes N, 30 by default] [--sockets N, 2000 by default] [--json] [--report FILE]";

const MINUTES = 30;
const SOCKETS = 2_000;
const SOCKETS_MOST = 10_000;

/** Least time in which every fault has its turn. */
const MINUTES_LEAST = 0.5;

const MS_PER_MINUTE = 60_000;

/** Reads the command line. An error is one line for people. */
export function readOptions(args: readonly string[]): Result<Options, string> {
  const parsed = parse(args);
  if (!parsed.ok) return parsed;
  const { minutes, sockets, json = false, report } = parsed.value;
  const length = minutes === undefined ? MINUTES : Number(minutes);
  if (!(length >= MINUTES_LEAST)) return err(`--minutes takes a number, at least ${MINUTES_LEAST}`);
  const count = sockets === undefined ? SOCKETS : Number(sockets);
  if (!Number.isInteger(count) || count < 1 || count > SOCKETS_MOST) {
    return err(`--sockets takes a whole number, 1 to ${SOCKETS_MOST}`);
  }
  return ok({ durationMs: length * MS_PER_MINUTE, sockets: count, isJson: json, file: report });
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: "string" },
        sockets: { type: "string" },
        json: { type: "boolean" },
        report: { type: "string" },
      },
    });
    return ok(values);
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}
