/**
 * A call as a line for a terminal.
 *
 * @module
 */

import type { ApiField } from "./schema_fields.ts";

/** What the example is made from. */
export interface CurlCall {
  readonly method: string;
  readonly url: string;
  readonly body: readonly ApiField[];
  /** Whether the body is a form; JSON else. */
  readonly isForm: boolean;
  /** May name variables of the shell. */
  readonly headers: readonly string[];
}

/** Writes the line; fields that must be there hold an example of their type. */
export function curlOf({ method, url, body, isForm, headers }: CurlCall): string {
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}${quote(url)}`];
  lines.push(...headers.map((header) => `-H "${header}"`));
  const top = body.filter((field) => !/[.[]/.test(field.name));
  const shown = top.some((field) => field.isRequired)
    ? top.filter((field) => field.isRequired)
    : top;
  if (isForm) {
    lines.push(
      ...shown.map((field) => `--data-urlencode ${quote(`${field.name}=${exampleOf(field)}`)}`),
    );
  } else if (shown.length > 0) {
    const example = Object.fromEntries(shown.map((field) => [field.name, exampleOf(field)]));
    lines.push('-H "Content-Type: application/json"', `-d ${quote(JSON.stringify(example))}`);
  }
  return lines.join(" \\\n  ");
}

/** Quotes a text for a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function exampleOf({ name, type }: ApiField): unknown {
  if (type.endsWith("[]")) return [];
  if (/\b(integer|number)\b/.test(type)) return 1;
  if (/\bboolean\b/.test(type)) return true;
  const literal = /"([^"]*)"/.exec(type);
  if (literal !== null) return literal[1];
  return name.includes("email") ? "ada@example.com" : "…";
}
