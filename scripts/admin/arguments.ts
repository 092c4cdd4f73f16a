/**
 * Reads what an operator typed.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { type EpochMs, epochMs } from "@postern/std";
import { CommandError } from "./output.ts";

/** What was typed after the name of the command. */
export interface Arguments {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
}

/** Flags that a command knows, each with whether it takes a value. */
export type Flags = Readonly<Record<string, "text" | "switch">>;

/** Reads words and flags; one that is unknown, or lacks its value, is refused. */
export function readArguments(given: readonly string[], known: Flags): Arguments {
  const options = Object.fromEntries(
    Object.entries<Flags[string]>({ ...known, json: "switch" }).map(([name, kind]) => [
      name,
      { type: kind === "text" ? ("string" as const) : ("boolean" as const) },
    ]),
  );
  try {
    const parsed = parseArgs({ args: [...given], options, allowPositionals: true, strict: true });
    return { words: parsed.positionals, flags: parsed.values as Arguments["flags"] };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : "Unknown arguments";
    throw new CommandError(detail, { code: "usage", cause });
  }
}

/** A flag's text; `undefined` where it was not given. */
export function textFlag(given: Arguments, name: string): string | undefined {
  const value = given.flags[name];
  return typeof value === "string" ? value : undefined;
}

const SPAN = /^(\d{1,6})(s|m|h|d)$/;
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads a time, or a span such as `2h` or `7d` that reaches back from now, or forward with `ahead`. */
export function timeFlag(
  given: Arguments,
  name: string,
  from: { readonly now: EpochMs; readonly ahead: boolean },
): EpochMs | undefined {
  const text = textFlag(given, name);
  if (text === undefined) return undefined;
  const span = SPAN.exec(text);
  if (span !== null) {
    const ms = Number(span[1]) * UNIT_MS[span[2] as keyof typeof UNIT_MS];
    return epochMs(from.ahead ? from.now + ms : from.now - ms);
  }
  const parsed = Date.parse(text);
  if (!Number.isNaN(parsed)) return epochMs(parsed);
  const example = "a time such as 2026-01-31T12:00:00Z, or a span such as 30m, 2h or 7d";
  throw new CommandError(`Cannot read --${name} ${text}: give ${example}`, { code: "usage" });
}

/** Reads a whole number within bounds. */
export function countFlag(
  given: Arguments,
  name: string,
  bounds: { readonly least: number; readonly most: number; readonly default: number },
): number {
  const text = textFlag(given, name);
  if (text === undefined) return bounds.default;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.least && value <= bounds.most) return value;
  const range = `${bounds.least} to ${bounds.most}`;
  throw new CommandError(`Cannot read --${name} ${text}: give a whole number, ${range}`, {
    code: "usage",
  });
}
