/**
 * Reads what browsers report about the policy: the old format and the new one.
 *
 * Anyone may post here, so of each report only three short, normalised words are kept, none of them
 * with a query or a fragment, and everything that does not look like a report is dropped without
 * a word.
 *
 * @see W3C Content Security Policy Level 3, sections 5.3 (`csp-report`) and 5.5 (`csp-violation`)
 * @see W3C Reporting API, section 3.4 (`application/reports+json`)
 * @module
 */

import { parseJsonText } from "./json_text.ts";

/** A kind of violation. */
export interface CspViolation {
  /** The directive that was violated, such as `script-src-elem`. */
  readonly directive: string;
  /** Origin of what was blocked, or a word such as `inline`, `eval`, `data`. */
  readonly blockedOrigin: string;
  /** Path of the page. */
  readonly pagePath: string;
}

/** Reports of one post that are looked at. */
const REPORTS_PER_POST = 20;

/** Longest path that is kept; of a longer one, its beginning. */
const PATH_MAX_LENGTH = 200;

/** Longest origin: a host name of 253 characters, a scheme and a port. */
const ORIGIN_MAX_LENGTH = 270;

const DIRECTIVES: ReadonlySet<string> = new Set([
  "base-uri",
  "child-src",
  "connect-src",
  "default-src",
  "font-src",
  "form-action",
  "frame-ancestors",
  "frame-src",
  "img-src",
  "manifest-src",
  "media-src",
  "object-src",
  "script-src",
  "script-src-attr",
  "script-src-elem",
  "style-src",
  "style-src-attr",
  "style-src-elem",
  "worker-src",
]);

/** What browsers write where a URL would say nothing, and schemes whose rest is content. */
const BLOCKED_WORDS: ReadonlySet<string> = new Set([
  "about",
  "blob",
  "data",
  "eval",
  "filesystem",
  "inline",
  "self",
  "trusted-types-policy",
  "trusted-types-sink",
  "wasm-eval",
]);

/** Stands for what is none of these, such as an extension's own scheme. */
const OTHER = "other";

/** Reads the body of a post; empty where it holds no report. Each kind once. */
export function readCspReports(contentType: string | null, text: string): readonly CspViolation[] {
  const json = parseJsonText(text);
  if (!json.ok) return [];
  const reports = reportsOf(contentType, json.value).slice(0, REPORTS_PER_POST);
  const kinds = new Map<string, CspViolation>();
  for (const report of reports) {
    const violation = normalise(report);
    if (violation !== undefined) kinds.set(Object.values(violation).join(" "), violation);
  }
  return [...kinds.values()];
}

interface RawReport {
  readonly directive: unknown;
  readonly blocked: unknown;
  readonly page: unknown;
}

function reportsOf(contentType: string | null, value: unknown): readonly RawReport[] {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/csp-report") return oldReport(field(value, "csp-report"));
  if (type !== "application/reports+json" || !Array.isArray(value)) return [];
  return value.flatMap(newReport);
}

function oldReport(report: unknown): readonly RawReport[] {
  const violated = field(report, "effective-directive") ?? field(report, "violated-directive");
  const blocked = field(report, "blocked-uri");
  return [{ directive: violated, blocked, page: field(report, "document-uri") }];
}

function newReport(report: unknown): readonly RawReport[] {
  if (field(report, "type") !== "csp-violation") return [];
  const body = field(report, "body");
  const page = field(body, "documentURL") ?? field(report, "url");
  return [
    { directive: field(body, "effectiveDirective"), blocked: field(body, "blockedURL"), page },
  ];
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function normalise({ directive, blocked, page }: RawReport): CspViolation | undefined {
  // An old browser gives the whole directive, its sources too.
  const name = typeof directive === "string" ? directive.split(" ", 1)[0] : undefined;
  if (name === undefined || !DIRECTIVES.has(name)) return undefined;
  const pagePath = pathOf(page);
  if (pagePath === undefined) return undefined;
  return { directive: name, blockedOrigin: blockedOriginOf(blocked), pagePath };
}

function pathOf(page: unknown): string | undefined {
  const url = webUrl(page);
  return url?.pathname.slice(0, PATH_MAX_LENGTH);
}

function blockedOriginOf(blocked: unknown): string {
  if (typeof blocked !== "string") return OTHER;
  const origin = webUrl(blocked)?.origin;
  if (origin !== undefined) return origin.length <= ORIGIN_MAX_LENGTH ? origin : OTHER;
  const word = blocked.split(":", 1)[0] ?? "";
  return BLOCKED_WORDS.has(word) ? word : OTHER;
}

function webUrl(text: unknown): URL | undefined {
  const url = typeof text === "string" ? URL.parse(text) : null;
  return url !== null && /^(?:https?|wss?):$/.test(url.protocol) ? url : undefined;
}
