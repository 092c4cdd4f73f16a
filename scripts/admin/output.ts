/**
 * How the operator's commands print: for people, or one JSON object a line and nothing else.
 *
 * @module
 */

import type { Page } from "@postern/auth";

/** Prints what a command found. */
export interface Output {
  readonly isJson: boolean;
  /** One line for people; nothing with `--json`. */
  say(line: string): void;
  /** One JSON object; nothing without `--json`. */
  object(value: unknown): void;
  /** How far a long command is: on standard error, and only where somebody looks. */
  progress(line: string): void;
}

/** Why a command could not do its work. */
export class CommandError extends Error {
  readonly code: string;

  constructor(message: string, options: ErrorOptions & { readonly code: string }) {
    super(message, options);
    this.name = "CommandError";
    this.code = options.code;
  }
}

const CLEAR_LINE = "\r\u001b[2K";

/** Makes the output of one command. */
export function createOutput(isJson: boolean): Output {
  const isWatched = process.stderr.isTTY === true;
  return {
    isJson,
    say(line) {
      if (!isJson) process.stdout.write(`${line}\n`);
    },
    object(value) {
      if (isJson) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    progress(line) {
      if (isWatched) process.stderr.write(`${CLEAR_LINE}${line}`);
    },
  };
}

/** Takes the progress line away. */
export function endProgress(): void {
  if (process.stderr.isTTY === true) process.stderr.write(CLEAR_LINE);
}

/** Tells on standard error why a command failed, in the form that was asked for. */
export function printFailure(isJson: boolean, code: string, detail: string): void {
  const line = isJson ? JSON.stringify({ ok: false, code, detail }) : `${detail}`;
  process.stderr.write(`${line}\n`);
}

/** A number with what it counts: `1 session`, `12,400 sessions`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** The page that was found; fails where its cursor is none of that list's. */
export function checkedPage<T>(page: Page<T>): Page<T> {
  if (page.isBadCursor !== true) return page;
  const detail = "Cannot read --cursor: give the one that the page before ended with";
  throw new CommandError(detail, { code: "invalid_request" });
}

/** Lays rows out in columns, with a heading. Control characters are shown, never sent to a terminal. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(visible));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...clean.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(headings), ...clean.map(line)].join("\n");
}

/** Shows characters that a terminal would act on. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
}
