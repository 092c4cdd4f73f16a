/**
 * Queries with a value that nothing can have: told, and not answered by an empty list.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";

let administration: Administration;

beforeAll(async () => {
  administration = await openAdministration();
});

afterAll(async () => {
  await administration[Symbol.asyncDispose]();
});

async function told(call: Promise<unknown>): Promise<string> {
  const cause = await call.then(
    () => ({ message: "" }),
    (error: Error) => error,
  );
  return cause.message;
}

test("an unknown value of a known field is refused, and what is accepted is named", async () => {
  const { procedures } = await administration.admin("owner");
  const { users, sessions, audit } = procedures;
  const wrong = [
    () => users.list({ query: "state:nonsense" }),
    () => users.list({ query: "role:king" }),
    () => sessions.list({ query: "provider:nonsense" }),
    () => sessions.endMatching({ query: "provider:nonsense", dryRun: true }),
    () => audit.list({ query: "action:nonsense" }),
    () => audit.export({ query: "action:nonsense", format: "csv" }),
    () => audit.list({ query: "success:perhaps" }),
  ];
  for (const call of wrong) expect(await refusalOf(call())).toBe("invalid_request");
  expect(await told(users.list({ query: "state:nonsense" }))).toBe(
    "state is one of active, blocked, unverified",
  );
  expect(await told(audit.list({ query: "action:nonsense" }))).toContain("failed_login");
  expect(await told(sessions.list({ query: "provider:nonsense" }))).toBe(
    "provider is one of password, email_link, setup_link, console",
  );
});

test("sessions of a provider that is gone are found while there are some, and known ones may be none", async () => {
  const { user, procedures } = await administration.admin("owner", "second");
  const { sessions, providers } = procedures;
  const given = {
    id: "acme",
    kind: "oidc",
    name: "Acme",
    client_id: "c",
    client_secret: "s",
  } as const;
  await providers.create({ ...given, issuer: "http://127.0.0.1:1" });
  expect((await sessions.list({ query: "provider:acme" })).items).toEqual([]);
  expect((await sessions.list({ query: "provider:email_link" })).items).toEqual([]);
  await administration.addSession(user, { method: "gone" });
  expect((await sessions.list({ query: "provider:gone" })).items).toHaveLength(1);
});
