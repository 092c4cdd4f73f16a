import { expect, test } from "bun:test";
import { operationFields, operationOf } from "./step_ups.ts";

test("operationOf() names a call alike however its input is ordered", () => {
  const one = operationOf("users.setRole", { id: "7", role: "owner" });
  expect(operationOf("users.setRole", { role: "owner", id: "7", reason: undefined })).toBe(one);
  expect(operationOf("users.setRole", { id: "8", role: "owner" })).not.toBe(one);
  expect(one).toMatch(/^users\.setRole:[A-Za-z0-9_-]{43}$/);
});

test("operationFields() shows what is confirmed", () => {
  const input = { ring: "signing", key: "k1" };
  expect(operationFields("secrets.compromise", input)).toEqual({
    operation: operationOf("secrets.compromise", input),
    operation_input: '{"key":"k1","ring":"signing"}',
  });
});

test("operationFields() puts no secret into an address, and no more than fits", () => {
  const secret = { id: "acme", client_secret: "hush" };
  const nested = { id: "acme", given: [{ api: { password: "hush" } }] };
  for (const input of [secret, nested, { id: "x".repeat(500) }, null, "text", ["x"]]) {
    expect(Object.keys(operationFields("providers.replaceSecret", input))).toEqual(["operation"]);
  }
});
