/**
 * Requests that nobody expects, made from the server's own description.
 *
 * @module
 */

import type { DescribedOperation } from "../support/api_description.ts";
import type { HttpRequest } from "../support/http_client.ts";
import { type Dice, fuzzBody, fuzzText } from "./_fuzz_values.ts";

/** One request. */
export interface FuzzRequest extends HttpRequest {
  readonly operation: DescribedOperation;
  readonly method: string;
  readonly path: string;
  /** Part of all that it holds: no refusal may repeat it. */
  readonly mark: string;
  /** Whose credentials go with it. */
  readonly as: "nobody" | "browser" | "bearer" | "garbage";
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];

const TYPES = [
  "application/json",
  "application/json; charset=utf-8",
  "application/json; charset=latin1",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/csp-report",
  "application/reports+json",
  "nonsense",
  "\u00e9",
];

/** Makes one request to an operation. */
export function fuzzRequest(dice: Dice, operation: DescribedOperation, mark: string): FuzzRequest {
  const method = dice.once(12) ? dice.pick(METHODS) : operation.method;
  const body = method === "GET" ? undefined : fuzzPayload(dice, operation, mark);
  return {
    operation,
    mark,
    method,
    path: `${fuzzPath(dice, operation, mark)}${fuzzQuery(dice, operation, mark)}`,
    as: dice.pick(["nobody", "nobody", "browser", "bearer", "garbage"]),
    csrf: !dice.once(6),
    headers: { ...typeOf(operation, body), ...fuzzHeaders(dice, mark, body !== undefined) },
    ...(body === undefined ? {} : { body }),
  };
}

/** Most forms are sent as forms. */
function typeOf({ bodyType }: DescribedOperation, body: unknown): Record<string, string> {
  const isForm = bodyType === "form" && body !== undefined;
  return isForm ? { "Content-Type": "application/x-www-form-urlencoded" } : {};
}

function fuzzPath(dice: Dice, { path }: DescribedOperation, mark: string): string {
  const filled = path.replaceAll(/\{\w+\}/g, () => {
    const text = dice.once(2) ? crypto.randomUUID() : fuzzText(dice, mark).slice(0, 500);
    // A segment of dots, or none, would be another path.
    return /^\.*$/.test(text) ? "x" : encodeURIComponent(text.toWellFormed());
  });
  return dice.once(15) ? `${filled}/` : filled;
}

function fuzzQuery(dice: Dice, { parameters }: DescribedOperation, mark: string): string {
  const names = parameters.filter((one) => one.in === "query").map(({ name }) => name);
  if (names.length === 0 && !dice.once(8)) return "";
  const query = new URLSearchParams();
  for (const name of [...names, mark]) {
    if (dice.once(2)) query.append(name, fuzzText(dice, mark).slice(0, 500).toWellFormed());
    if (dice.once(6)) query.append(name, dice.pick(["1", "0", "200", "201", "-1", "1.5"]));
  }
  return `?${query}`;
}

function fuzzPayload(dice: Dice, operation: DescribedOperation, mark: string) {
  if (operation.body === undefined && !dice.once(4)) return undefined;
  const value = fuzzBody(dice, operation.body ?? {}, mark);
  const text = operation.bodyType === "form" ? formOf(value) : (JSON.stringify(value) ?? "");
  switch (dice.roll(14)) {
    case 0:
      return text.slice(0, dice.roll(text.length + 1));
    case 1:
      return `${text}${dice.pick(["}", " x", "\u0000", text])}`;
    case 2:
      return `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`;
    case 3:
      return new Uint8Array(Buffer.from(text, dice.pick(["utf16le", "latin1"])));
    case 4:
      return `{"pad":"${mark}${"p".repeat(dice.pick([60_000, 70_000]))}"}`;
    case 5:
      return "";
    default:
      return text;
  }
}

function formOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const form = new URLSearchParams();
  for (const [name, field] of Object.entries(value)) {
    form.append(name.toWellFormed(), String(field).toWellFormed());
  }
  return form.toString();
}

function fuzzHeaders(dice: Dice, mark: string, hasBody: boolean) {
  const headers: Record<string, string | null> = {};
  if (hasBody && dice.once(8)) headers["Content-Type"] = dice.once(8) ? null : dice.pick(TYPES);
  if (dice.once(10)) headers["Origin"] = dice.pick(["null", "https://evil.example", "", mark]);
  if (dice.once(20)) headers["Accept"] = dice.pick(["text/html", "*/*;q=0", mark]);
  if (dice.once(20)) headers["User-Agent"] = dice.pick(["", "x".repeat(2_000), mark]);
  if (dice.once(20)) headers["Content-Encoding"] = dice.pick(["gzip", "br", mark]);
  return headers;
}
