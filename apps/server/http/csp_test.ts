import { expect, test } from "bun:test";
import { createContentSecurityPolicies } from "./csp.ts";

const overHttps = createContentSecurityPolicies("https://id.example.org");
const overHttp = createContentSecurityPolicies("http://localhost:8000");
const NONCE = "q0Ez3XyS0Jw8vYHkq3nR5A";

/** Sources by directive. */
function parse(policy: string): Record<string, string> {
  const pairs = policy.split("; ").map((directive): [string, string] => {
    const [name = "", ...sources] = directive.split(" ");
    return [name, sources.join(" ")];
  });
  expect(new Set(pairs.map(([name]) => name)).size).toBe(pairs.length);
  return Object.fromEntries(pairs);
}

test("the policy of an answer lets nothing load and nobody frame it", () => {
  expect(parse(overHttps.api)).toEqual({
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "report-uri": "/api/v1/csp-report",
    "report-to": "csp",
  });
});

test("the policy of a page takes its own scripts and styles, and those with the nonce", () => {
  expect(parse(overHttps.page(NONCE))).toEqual({
    "default-src": "'none'",
    "script-src": `'self' 'nonce-${NONCE}'`,
    "style-src": `'self' 'nonce-${NONCE}'`,
    "img-src": "'self' data: https:",
    "font-src": "'self'",
    "connect-src": "'self' wss://id.example.org",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "report-uri": "/api/v1/csp-report",
    "report-to": "csp",
  });
  expect(parse(overHttp.page(NONCE))["connect-src"]).toBe("'self' ws://localhost:8000");
});

test("no policy lets inline script, eval or any host in (cross-site scripting)", () => {
  for (const policies of [overHttp, overHttps]) {
    for (const policy of [policies.api, policies.page(NONCE)]) {
      expect(policy).not.toContain("unsafe");
      expect(policy).not.toContain("*");
      expect(policy).not.toContain("strict-dynamic");
      expect(policy).toContain("frame-ancestors 'none'");
    }
  }
});

test.each([
  "",
  "short",
  "'; script-src *; x='aaaaaaaaaaaaaa",
  `${NONCE}; script-src`,
  `${NONCE}\n`,
  `${NONCE}'`,
])("page() throws on the nonce %p (directive injection)", (nonce) => {
  expect(() => overHttp.page(nonce)).toThrow(TypeError);
});

test("page() takes base64 and base64url", () => {
  expect(overHttp.page("AAAAAAAAAAAAAAAAAAAA+/==")).toContain("'nonce-AAAAAAAAAAAAAAAAAAAA+/=='");
  expect(overHttp.page("AAAAAAAAAAAAAAAAAAAA-_")).toContain("'nonce-AAAAAAAAAAAAAAAAAAAA-_'");
});

test("the endpoint is named on https only, where report-to does not silence report-uri", () => {
  expect(overHttps.reportingEndpoints).toBe('csp="/api/v1/csp-report"');
  expect(overHttp.reportingEndpoints).toBeUndefined();
  expect(overHttp.api).toContain("report-uri /api/v1/csp-report");
  expect(overHttp.api).not.toContain("report-to");
  expect(overHttp.page(NONCE)).not.toContain("report-to");
});
