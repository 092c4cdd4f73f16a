/**
 * The statements that stand in the code of this folder, so that a test can tell whether it has seen each of
 * them run.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A statement as it is written. */
export interface WrittenStatement {
  readonly file: string;
  readonly text: string;
  /** Matches it as it is run, with one space between words. What is put in by the code may be anything. */
  readonly pattern: RegExp;
}

/** Files that no server runs, and those whose statements are of a start. */
const NOT_OF_THE_STORE = /_test[.]ts$|^_(testing|use)_|^_(testing|listen)[.]ts$|^migrate[.]ts$/;

const STATEMENT =
  /`\s*((?:SELECT|INSERT|UPDATE|DELETE|WITH)\b[^`]*)`|"((?:SELECT|INSERT|UPDATE|DELETE|WITH)\b[^"]*)"/g;

const PUT_IN = /\$\{[^}]*\}/;

/** Reads all of them. */
export function writtenStatements(): readonly WrittenStatement[] {
  return readdirSync(import.meta.dir)
    .filter((file) => file.endsWith(".ts") && !NOT_OF_THE_STORE.test(file))
    .flatMap((file) => {
      const code = readFileSync(join(import.meta.dir, file), "utf8");
      return [...code.matchAll(STATEMENT)].map(([, long, short]) =>
        statementOf(file, long ?? short),
      );
    });
}

function statementOf(file: string, written = ""): WrittenStatement {
  // A statement that holds another template ends, for this reader, where that one begins.
  const text = written
    .replace(/\$\{.*=>\s*$/s, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  const parts = text
    .split(PUT_IN)
    .map((part) => RegExp.escape(part.trim()).replaceAll("\\x20", " "));
  return { file, text, pattern: new RegExp(parts.join(".*")) };
}
