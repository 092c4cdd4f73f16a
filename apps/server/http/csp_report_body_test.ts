import { expect, test } from "bun:test";
import { readCspReports } from "./csp_report_body.ts";

const OLD = "application/csp-report";
const NEW = "application/reports+json";

function old(report: Record<string, unknown>): ReturnType<typeof readCspReports> {
  return readCspReports(OLD, JSON.stringify({ "csp-report": report }));
}

function fresh(...bodies: readonly unknown[]): ReturnType<typeof readCspReports> {
  const reports = bodies.map((body) => ({ type: "csp-violation", age: 1, body }));
  return readCspReports(NEW, JSON.stringify(reports));
}

const OLD_REPORT = {
  "document-uri": "https://id.example.org/account?tab=devices#token=secret",
  referrer: "https://elsewhere.example/?token=secret",
  "violated-directive": "script-src-elem",
  "effective-directive": "script-src-elem",
  "original-policy": "default-src 'none'",
  disposition: "enforce",
  "blocked-uri": "https://cdn.example/lib.js?key=secret",
  "script-sample": "secret",
};

const NEW_BODY = {
  blockedURL: "inline",
  documentURL: "https://id.example.org/login?next=/secret",
  effectiveDirective: "style-src-attr",
  sample: "secret",
};

test("readCspReports() reads the old format, as Chromium sends it", () => {
  expect(old(OLD_REPORT)).toEqual([
    { directive: "script-src-elem", blockedOrigin: "https://cdn.example", pagePath: "/account" },
  ]);
});

test("readCspReports() reads the old format of an old browser, with the whole directive", () => {
  const { "effective-directive": _, ...rest } = OLD_REPORT;
  expect(old({ ...rest, "violated-directive": "img-src 'self' data:" })).toEqual([
    { directive: "img-src", blockedOrigin: "https://cdn.example", pagePath: "/account" },
  ]);
});

test("readCspReports() reads the new format, as Chromium sends it", () => {
  const login = { directive: "style-src-attr", blockedOrigin: "inline", pagePath: "/login" };
  expect(fresh(NEW_BODY)).toEqual([login]);
  expect(fresh(NEW_BODY, { ...NEW_BODY, blockedURL: "wss://x.example/a?b" })).toEqual([
    login,
    { ...login, blockedOrigin: "wss://x.example" },
  ]);
});

test("readCspReports() takes parameters and any case in the content type", () => {
  const text = JSON.stringify({ "csp-report": OLD_REPORT });
  expect(readCspReports("Application/CSP-Report; charset=utf-8", text)).toHaveLength(1);
});

test("readCspReports() keeps no query, fragment, sample or credentials (secrets in reports)", () => {
  const kept = JSON.stringify([
    ...old(OLD_REPORT),
    ...old({ ...OLD_REPORT, "blocked-uri": "https://user:secret@cdn.example/secret" }),
    ...old({ ...OLD_REPORT, "blocked-uri": "data:text/plain,secret" }),
    ...old({ ...OLD_REPORT, "blocked-uri": "blob:https://id.example.org/secret" }),
    ...fresh(NEW_BODY),
  ]);
  expect(kept).not.toContain("secret");
});

test.each([
  ["inline", "inline"],
  ["eval", "eval"],
  ["wasm-eval", "wasm-eval"],
  ["self", "self"],
  ["data", "data"],
  ["data:image/png;base64,AAAA", "data"],
  ["blob:https://id.example.org/1", "blob"],
  ["https://CDN.example:443/x", "https://cdn.example"],
  ["http://cdn.example:8080/x", "http://cdn.example:8080"],
  ["moz-extension://1234/x", "other"],
  ["javascript:alert(1)", "other"],
  ["", "other"],
  ["<script>", "other"],
  ["https://", "other"],
  [`https://${"a".repeat(5_000)}.example/`, "other"],
])("readCspReports() takes the blocked %p for %p", (blocked, origin) => {
  expect(old({ ...OLD_REPORT, "blocked-uri": blocked })[0]?.blockedOrigin).toBe(origin);
});

test("readCspReports() takes a blocked address that is no text for other", () => {
  for (const blocked of [undefined, null, 1, {}, ["inline"]]) {
    expect(old({ ...OLD_REPORT, "blocked-uri": blocked })[0]?.blockedOrigin).toBe("other");
  }
});

test("readCspReports() keeps the beginning of a long path", () => {
  const page = `https://id.example.org/${"a".repeat(10_000)}`;
  expect(old({ ...OLD_REPORT, "document-uri": page })[0]?.pagePath).toBe(`/${"a".repeat(199)}`);
});

test("readCspReports() writes a path with no character that could mislead a log (injection)", () => {
  const page = "https://id.example.org/a\r\nb<script>\u202e é";
  expect(old({ ...OLD_REPORT, "document-uri": page })[0]?.pagePath).toMatch(/^[\x21-\x7e]+$/);
});

test("readCspReports() gives each kind once, of a bounded number of reports (filling the table)", () => {
  expect(fresh(...Array.from({ length: 10 }, () => NEW_BODY))).toHaveLength(1);
  const many = Array.from({ length: 500 }, (_, n) => ({
    ...NEW_BODY,
    blockedURL: `https://x${n}.example/`,
  }));
  expect(fresh(...many)).toHaveLength(20);
});

test.each([
  [OLD, ""],
  [OLD, "garbage"],
  [OLD, "null"],
  [OLD, "[]"],
  [OLD, "{}"],
  [OLD, '{"csp-report":null}'],
  [OLD, '{"csp-report":[]}'],
  [OLD, '{"csp-report":"x"}'],
  [OLD, '{"csp-report":{}}'],
  [OLD, JSON.stringify([{ "csp-report": OLD_REPORT }])],
  [OLD, JSON.stringify({ "csp-report": { ...OLD_REPORT, "effective-directive": "evil-src" } })],
  [OLD, JSON.stringify({ "csp-report": { ...OLD_REPORT, "effective-directive": 1 } })],
  [OLD, JSON.stringify({ "csp-report": { ...OLD_REPORT, "document-uri": "about:blank" } })],
  [OLD, JSON.stringify({ "csp-report": { ...OLD_REPORT, "document-uri": "/relative" } })],
  [OLD, JSON.stringify({ "csp-report": { ...OLD_REPORT, "document-uri": ["https://a/"] } })],
  [OLD, `${"[".repeat(60_000)}`],
  [OLD, `{"csp-report":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`],
  [NEW, "{}"],
  [NEW, "[]"],
  [NEW, "[null,1,[],{}]"],
  [NEW, JSON.stringify([{ type: "deprecation", body: NEW_BODY }])],
  [NEW, JSON.stringify([{ type: "csp-violation" }])],
  [NEW, JSON.stringify({ type: "csp-violation", body: NEW_BODY })],
  ["text/plain", JSON.stringify({ "csp-report": OLD_REPORT })],
  ["application/json", JSON.stringify({ "csp-report": OLD_REPORT })],
  [null, JSON.stringify({ "csp-report": OLD_REPORT })],
] as const)("readCspReports() drops %p %.60p (garbage)", (type, text) => {
  expect(readCspReports(type, text)).toEqual([]);
});

test("readCspReports() reads the good ones among garbage", () => {
  const text = JSON.stringify([null, { type: "csp-violation", body: NEW_BODY }, { type: "x" }, 1]);
  expect(readCspReports(NEW, text)).toHaveLength(1);
});
