import { expect, test } from "bun:test";
import { createContentSecurityPolicies } from "./csp.ts";
import { createSecurityHeaders } from "./security_headers.ts";

const policies = createContentSecurityPolicies("https://id.example.org");
const overHttps = createSecurityHeaders(policies, true);
const overHttp = createSecurityHeaders(
  createContentSecurityPolicies("http://localhost:8000"),
  false,
);

test("the headers are those of the contract", () => {
  const { "permissions-policy": permissions, ...others } = overHttps;
  expect(others).toEqual({
    "content-security-policy": policies.api,
    "reporting-endpoints": 'csp="/api/v1/csp-report"',
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-xss-protection": "0",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
  });
  expect(permissions).toBeString();
});

test("over http no browser is told to come over https", () => {
  expect(overHttp["strict-transport-security"]).toBeUndefined();
  expect(overHttp["reporting-endpoints"]).toBeUndefined();
});

test("every feature is closed but for passkeys, which are ours alone", () => {
  const features = (overHttp["permissions-policy"] ?? "").split(", ");
  expect(new Set(features).size).toBe(features.length);
  const open = features.filter((feature) => !/^[a-z-]+=\(\)$/.test(feature));
  expect(open).toEqual(["publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]);
  for (const feature of ["camera", "microphone", "geolocation", "payment", "usb"]) {
    expect(features).toContain(`${feature}=()`);
  }
});

test("nothing names the server or its version (fingerprinting)", () => {
  for (const name of ["server", "x-powered-by"]) expect(overHttps[name]).toBeUndefined();
});

test("the record cannot be changed by one answer for the next", () => {
  expect(Object.isFrozen(overHttps)).toBe(true);
});

test("every value can stand in a header", () => {
  const headers = new Headers(overHttps);
  for (const [name, value] of Object.entries(overHttps)) {
    expect(name).toBe(name.toLowerCase());
    expect(headers.get(name)).toBe(value);
  }
});
