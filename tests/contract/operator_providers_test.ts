import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { followVisit } from "../support/follow_visit.ts";
import { type OidcPeer, startOidcPeer } from "../support/oidc_peer.ts";
import { type CommandEnd, runAdmin } from "../support/operator.ts";

let peer: OidcPeer;
let deployment: Deployment;

beforeAll(async () => {
  peer = await startOidcPeer({ clientSecret: "first-secret" });
  deployment = await openDeployment();
  peer.allow(callback());
});

afterAll(async () => {
  await deployment.close();
  await peer.close();
});

function callback(): string {
  return `${deployment.server.publicUrl}/accounts/acme/login/callback`;
}

async function providers(input: string, ...args: readonly string[]): Promise<CommandEnd> {
  return await runAdmin({ folder: deployment.folder, input }, "providers", ...args, "--json");
}

/** The one object that a command prints. */
async function run(input: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const end = await providers(input, ...args);
  expect([end.exitCode, end.stderr]).toEqual([0, ""]);
  return end.objects()[0] ?? {};
}

/** Signs in by the provider, and tells where that leads. */
async function visit(): Promise<string> {
  const visitor = deployment.visitor();
  const begun = await visitor.get("/accounts/acme/login");
  const location = begun.headers.get("location") ?? "";
  if (begun.status !== 302 || location.startsWith("/")) return `${begun.status} ${location}`;
  const back = await followVisit(location, callback());
  const answer = await visitor.get(`${back.pathname}${back.search}`);
  return `${answer.status} ${answer.headers.get("location")}`;
}

test("an operator makes, tries, edits, switches and takes away a provider, and the server follows", async () => {
  peer.people.set("ada", { sub: "ada", email: "ada@people.example", email_verified: true });
  peer.signInAs("ada");
  expect(await visit()).toStartWith("404");
  const made = ["create", "acme", "--kind", "oidc", "--issuer", peer.issuer];
  expect(await run("first-secret\n", ...made, "--client-id", peer.clientId)).toEqual({
    id: "acme",
    name: "Acme",
    enabled: true,
  });
  expect(await visit()).toBe("302 /dashboard");
  expect(await run("", "check", "acme")).toMatchObject({ id: "acme", ok: true });
  await run("", "update", "acme", "--name", "Acme Staff");
  expect(await run("", "list")).toMatchObject({ id: "acme", name: "Acme Staff", ok: true });

  // The provider learns of the new secret later than we do; and one that is mistyped pushes out none.
  await run("mistyped", "replace-secret", "acme");
  await run("second-secret", "replace-secret", "acme");
  expect(await visit()).toBe("302 /dashboard");
  expect(await run("", "list")).toMatchObject({ has_previous_secret: true });
  peer.secrets.clear();
  peer.secrets.add("second-secret");
  expect(await run("", "check", "acme")).toMatchObject({ ok: true });
  expect(await run("", "list")).toMatchObject({ has_previous_secret: true });
  expect(await visit()).toBe("302 /dashboard");
  // It has worked: the old one goes nowhere any more.
  expect(await run("", "list")).toMatchObject({ has_previous_secret: false });
  peer.secrets.clear();
  peer.secrets.add("first-secret");
  expect(await visit()).toBe("302 /login?error=provider_error");
  peer.secrets.add("second-secret");

  await run("", "disable", "acme");
  expect(await visit()).toBe("302 /login?error=provider_disabled");
  await run("", "enable", "acme");
  const refused = await providers("", "delete", "acme");
  expect(refused.exitCode).toBe(1);
  expect(JSON.parse(refused.stderr)).toMatchObject({ ok: false, code: "last_way_in" });
  expect(await run("", "delete", "acme", "--force")).toEqual({ id: "acme", deleted: true });
  expect(await visit()).toStartWith("404");

  const actions = deployment.sql<{ action: string; details: string }>(
    "SELECT action, details FROM events WHERE action LIKE 'admin.providers.%' ORDER BY rowid",
  );
  expect(actions.map(({ action }) => action.slice("admin.providers.".length))).toEqual([
    "create",
    "update",
    "replace_secret",
    "replace_secret",
    "confirm_secret",
    "set_enabled",
    "set_enabled",
    "delete",
    "delete",
  ]);
  expect(JSON.stringify(actions)).not.toContain("-secret");
});

test.each([
  [["create", "Acme", "--kind", "oidc"], "usage"],
  [["create", "acme", "--kind", "saml"], "usage"],
  [["create", "acme", "--kind", "oidc", "--issuer", "acme.example", "--client-id", "x"], "usage"],
  [["create", "acme", "--kind", "oidc", "--issuer", "https://acme.example"], "usage"],
  [["check", "none"], "not_found"],
  [["update", "none", "--name", "x"], "not_found"],
  [["disable"], "usage"],
] as const)("what cannot be done is said: %p", async (args, code) => {
  const end = await providers("secret", ...args);
  expect([end.exitCode, end.stdout]).toEqual([1, ""]);
  expect(JSON.parse(end.stderr)).toMatchObject({ ok: false, code });
});

test("Google and GitHub are found without an issuer, and by their own scopes", async () => {
  for (const [kind, issuer] of [
    ["google", "https://accounts.google.com"],
    ["github", "https://github.com"],
  ] as const) {
    await run("secret", "create", kind, "--kind", kind, "--client-id", "x");
    const end = await providers("", "list");
    expect(end.objects().find(({ id }) => id === kind)).toMatchObject({ kind, issuer });
    await run("", "delete", kind);
  }
});

test("a secret with blanks is refused, and not shown", async () => {
  const args = ["create", "acme", "--kind", "github", "--issuer", "https://github.com"];
  const end = await providers("a secret", ...args, "--client-id", "x");
  expect(end.exitCode).toBe(1);
  expect(end.stderr).not.toContain("a secret");
});
