import { expect, test } from "bun:test";
import { oauthStatus } from "./oauth_refusal.ts";
import { describeOperations } from "./openapi.ts";
import { codesOf } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { PROBLEMS } from "./problem.ts";

const operations = Object.values(OPERATIONS);
const document = describeOperations({
  publicUrl: "http://localhost:8000",
  version: "0",
  operations,
  cookies: { prefix: "__Host-" },
});
type Described = Record<
  string,
  Record<string, { responses: Record<string, unknown>; operationId: string }>
>;
const paths = document["paths"] as Described;

test("describeOperations() names every operation once", () => {
  const ids = Object.values(paths).flatMap((item) =>
    Object.values(item).map((one) => one.operationId),
  );
  expect(ids.toSorted()).toEqual(operations.map((operation) => operation.id as string).toSorted());
});

test("describeOperations() names cookies as they are sent", () => {
  expect(document["components"]).toMatchObject({
    securitySchemes: {
      accessCookie: { name: "__Host-access_token" },
      sessionCookie: { name: "__Host-sessionid" },
    },
  });
});

test("describeOperations() has the status of every code that an operation can answer", () => {
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, "{$1}");
    const described = paths[path]?.[operation.method.toLowerCase()];
    for (const code of codesOf(operation)) {
      const isOauth = "refusals" in operation;
      const status = isOauth ? oauthStatus(code) : PROBLEMS[code].status;
      expect(Object.keys(described?.responses ?? {})).toContain(String(status));
    }
  }
});
