import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Visitor } from "../support/deployment.ts";
import { AUTH } from "./_acts.ts";
import {
  comeBack,
  leadsTo,
  newPerson,
  openProviderStage,
  type ProviderStage,
  signInBy,
  visit,
} from "./_provider_visits.ts";

let stage: ProviderStage;

beforeAll(async () => {
  stage = await openProviderStage();
});

afterAll(async () => {
  await stage.close();
});

const MISMATCH = "302 /login?error=state_mismatch";

interface Me {
  readonly id: string;
  readonly email: string;
  readonly email_verified: boolean;
}

async function meOf(visitor: Visitor): Promise<Me> {
  const answer = await visitor.get(`${AUTH}/me`);
  expect(answer.status).toBe(200);
  return answer.json as Me;
}

async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.get(`${AUTH}/me`)).status === 200;
}

function countUsers(email: string): number {
  const rows = stage.deployment.sql<{ n: number }>(
    "SELECT count(*) AS n FROM users WHERE email = ?",
    email,
  );
  return rows[0]?.n ?? 0;
}

function actionsOf(userId: string): readonly string[] {
  const sql = "SELECT action FROM events WHERE user_id = ? ORDER BY rowid";
  return stage.deployment.sql<{ action: string }>(sql, userId).map(({ action }) => action);
}

/** With a change to the query of the callback. */
function bent(path: string, change: (query: URLSearchParams) => void): string {
  const url = new URL(path, "http://localhost");
  change(url.searchParams);
  return `${url.pathname}${url.search}`;
}

test("a first sign-in makes a user of a verified address, and says so in events", async () => {
  const person = newPerson(stage);
  const visitor = stage.deployment.visitor();
  const answer = await signInBy(stage, visitor);
  expect(leadsTo(answer)).toBe("302 /dashboard");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  for (const name of ["access_token", "refresh_token", "sessionid", "csrftoken"]) {
    expect(visitor.jar.find(name)).toBeString();
  }
  const me = await meOf(visitor);
  expect(me).toMatchObject({ email: person.email, email_verified: true });
  expect(actionsOf(me.id)).toEqual(["signup", "oauth_link", "login"]);
  const again = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, again, { next: "/account" }))).toBe("302 /account");
  expect((await meOf(again)).id).toBe(me.id);
});

test.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "http://localhost:3000@evil.example/",
  "/.//evil.example",
  "/../..//evil.example",
  "///evil.example",
  "/\t/evil.example",
  "/\r\n/evil.example",
  " //evil.example",
  "\u2028//evil.example",
  "//evil%E3%80%82example",
  "http:/evil.example",
  "HTTPS://EVIL.EXAMPLE",
  "http://localhost:3000.evil.example/",
  "http://localhost:3000%2eevil.example/",
  "http://[::1]:3000/",
  "data:text/html,x",
  "//localhost:3000@evil.example",
  "",
])("a visit leads nowhere else: %s (open redirect)", async (next) => {
  newPerson(stage);
  const answer = await signInBy(stage, stage.deployment.visitor(), { next });
  expect(leadsTo(answer)).toBe("302 /dashboard");
});

test.each([
  "/%2f%2fevil.example",
  "/%5cevil.example",
  "/%09/evil.example",
  "/%0d%0aLocation:%20https://evil.example",
  "/?next=//evil.example",
  "/#//evil.example",
])(
  "what looks like another place in a path of ours stays a path: %s (open redirect)",
  async (next) => {
    newPerson(stage);
    const answer = await signInBy(stage, stage.deployment.visitor(), { next });
    const location = answer.headers.get("location") ?? "";
    expect(location).toMatch(/^\/(?![/\\])/);
    expect(new URL(location, "http://ours.example").host).toBe("ours.example");
  },
);

test("a visit leads to an origin that is allowed", async () => {
  newPerson(stage);
  const next = "http://localhost:3000/after?x=1";
  const answer = await signInBy(stage, stage.deployment.visitor(), { next });
  expect(leadsTo(answer)).toBe(`302 ${next}`);
});

test("an answer without its state, or with another one, signs nobody in (CSRF)", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  for (const state of [null, "", "x", "x".repeat(43)]) {
    const path = bent(await visit(stage, visitor), (query) => {
      query.delete("state");
      if (state !== null) query.set("state", state);
    });
    expect(leadsTo(await visitor.get(path))).toBe(MISMATCH);
  }
  expect(await isSignedIn(visitor)).toBe(false);
});

test("an answer of another browser's visit signs nobody in (login CSRF)", async () => {
  newPerson(stage);
  const attacker = stage.deployment.visitor();
  const path = await visit(stage, attacker);
  const victim = stage.deployment.visitor();
  expect(leadsTo(await victim.get(path))).toBe(MISMATCH);
  await visit(stage, victim);
  expect(leadsTo(await victim.get(path))).toBe(MISMATCH);
  expect(await isSignedIn(victim)).toBe(false);
  // The state was spent by the attempt.
  expect(leadsTo(await attacker.get(path))).toBe(MISMATCH);
});

test("a state is of use to its own browser alone, and a made-up one to nobody (state fixation)", async () => {
  newPerson(stage);
  const attacker = stage.deployment.visitor();
  const begun = await attacker.get("/accounts/acme/login?state=chosen-by-the-attacker");
  const url = new URL(begun.headers.get("location") ?? "");
  expect(url.searchParams.get("state")).toMatch(/^[A-Za-z0-9_-]{43}$/);
  // The victim is led to the provider with the attacker's state, and has begun a visit itself.
  const victim = stage.deployment.visitor();
  await victim.get("/accounts/acme/login");
  expect(leadsTo(await victim.get(await comeBack(stage, url.href)))).toBe(MISMATCH);
  expect(await isSignedIn(victim)).toBe(false);
});

test("an answer at another provider's callback signs nobody in (mix-up)", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  const path = (await visit(stage, visitor)).replace("/acme/", "/other/");
  expect(leadsTo(await visitor.get(path))).toBe(MISMATCH);
  const named = bent(await visit(stage, visitor), (query) =>
    query.set("iss", "https://evil.example"),
  );
  expect(leadsTo(await visitor.get(named))).toBe(MISMATCH);
  expect(await isSignedIn(visitor)).toBe(false);
});

test("an answer serves once, however many bring it at once (replay, race)", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  const path = await visit(stage, visitor);
  const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.get(path)));
  const ends = answers.map(leadsTo).toSorted();
  expect(ends.filter((end) => end === "302 /dashboard")).toHaveLength(1);
  expect(ends.filter((end) => end === MISMATCH)).toHaveLength(7);
});

test("a first sign-in in several tabs at once makes one user (race)", async () => {
  const { email } = newPerson(stage);
  const paths = [];
  const visitor = stage.deployment.visitor();
  for (let tab = 0; tab < 4; tab += 1) paths.push(await visit(stage, visitor));
  const answers = await Promise.all(paths.map((path) => visitor.get(path)));
  expect(answers.map(leadsTo)).toEqual(paths.map(() => "302 /dashboard"));
  expect(countUsers(email)).toBe(1);
});

test("who says no at the provider is told so, and a code that is bent is an error of the provider", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  const denied = bent(await visit(stage, visitor), (query) => {
    query.delete("code");
    query.set("error", "access_denied");
  });
  expect(leadsTo(await visitor.get(denied))).toBe("302 /login?error=access_denied");
  const forged = bent(await visit(stage, visitor), (query) => query.set("code", "forged"));
  expect(leadsTo(await visitor.get(forged))).toBe("302 /login?error=provider_error");
  const without = bent(await visit(stage, visitor), (query) => query.delete("code"));
  expect(leadsTo(await visitor.get(without))).toBe("302 /login?error=provider_error");
});

test.each([false, undefined, "no"])(
  "an address that the provider has not verified (%p) signs nobody up",
  async (email_verified) => {
    const { email } = newPerson(stage, { email_verified });
    const answer = await signInBy(stage, stage.deployment.visitor());
    expect(leadsTo(answer)).toBe("302 /login?error=email_unverified");
    expect(countUsers(email)).toBe(0);
  },
);

test("a verified address links to the verified account that has it; an unverified one does not", async () => {
  const account = await stage.deployment.newAccount();
  newPerson(stage, { email: account.email, email_verified: false });
  const stranger = stage.deployment.visitor();
  const refused = await signInBy(stage, stranger);
  expect(leadsTo(refused)).toBe("302 /login?error=email_unverified");
  newPerson(stage, { email: account.email.toUpperCase() });
  const owner = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, owner))).toBe("302 /dashboard");
  expect((await meOf(owner)).id).toBe(account.id);
  expect(await isSignedIn(account.browser)).toBe(true);
});

test("an unverified account falls to whoever proves its address, and all that was set on it goes (pre-hijacking)", async () => {
  const account = await stage.deployment.newAccount();
  const attacker = stage.deployment.visitor();
  newPerson(stage);
  const linked = await attackerLinks(account.browser);
  expect(linked).toBe("302 /account");
  stage.deployment.sql("UPDATE users SET email_verified = 0 WHERE id = ?", account.id);
  newPerson(stage, { email: account.email });
  const owner = stage.deployment.visitor();
  expect(leadsTo(await signInBy(stage, owner))).toBe("302 /dashboard");
  expect((await meOf(owner)).id).toBe(account.id);
  expect(await isSignedIn(account.browser)).toBe(false);
  const { username: identifier, password } = account;
  expect((await attacker.post(`${AUTH}/login`, { identifier, password })).status).toBe(401);
  const accounts = await owner.get(`${AUTH}/accounts`);
  expect((accounts.json as { items: unknown[] }).items).toHaveLength(1);
});

async function attackerLinks(visitor: Visitor): Promise<string> {
  const asked = await visitor.request("POST", `${AUTH}/accounts/acme/link?next=/account`);
  expect(asked.status).toBe(200);
  const path = await comeBack(stage, (asked.json as { url: string }).url);
  return leadsTo(await visitor.get(path));
}

test("an account is linked and taken away, never the last way in, and never somebody else's", async () => {
  const account = await stage.deployment.newAccount();
  newPerson(stage);
  expect(await attackerLinks(account.browser)).toBe("302 /account");
  const other = await stage.deployment.newAccount();
  expect(await attackerLinks(other.browser)).toBe("302 /login?error=identity_taken");
  const list = await account.browser.get(`${AUTH}/accounts`);
  const [item] = (list.json as { items: { id: string; provider: string }[] }).items;
  expect(item?.provider).toBe("acme");
  const path = `${AUTH}/accounts/${item?.id}`;
  expect((await other.browser.request("DELETE", path)).status).toBe(404);
  expect((await account.browser.request("DELETE", path)).status).toBe(204);
  const person = newPerson(stage);
  const alone = stage.deployment.visitor();
  await signInBy(stage, alone);
  expect((await meOf(alone)).email).toBe(person.email);
  const only = await alone.get(`${AUTH}/accounts`);
  const [last] = (only.json as { items: { id: string }[] }).items;
  const kept = await alone.request("DELETE", `${AUTH}/accounts/${last?.id}`);
  expect([kept.status, (kept.json as { code: string }).code]).toEqual([409, "last_way_in"]);
});

test("linking ends with the session that began it (session swap)", async () => {
  const account = await stage.deployment.newAccount();
  newPerson(stage);
  const asked = await account.browser.request("POST", `${AUTH}/accounts/acme/link`);
  const path = await comeBack(stage, (asked.json as { url: string }).url);
  await account.browser.post(`${AUTH}/logout`);
  expect(leadsTo(await account.browser.get(path))).toBe(MISMATCH);
});

test("a blocked user is refused, and a provider that is switched off too, in the middle of a visit as well", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  await signInBy(stage, visitor);
  const me = await meOf(visitor);
  expect((await stage.deployment.admin("users", "block", me.id)).exitCode).toBe(0);
  const blocked = await signInBy(stage, stage.deployment.visitor());
  expect(leadsTo(blocked)).toBe("302 /login?error=blocked");

  newPerson(stage);
  const late = stage.deployment.visitor();
  const path = await visit(stage, late, { id: "other" });
  expect((await stage.deployment.admin("providers", "disable", "other")).exitCode).toBe(0);
  expect(leadsTo(await late.get(path))).toBe("302 /login?error=provider_disabled");
  const begun = await late.get("/accounts/other/login");
  expect(leadsTo(begun)).toBe("302 /login?error=provider_disabled");
  const list = await late.get(`${AUTH}/providers`);
  const ids = (list.json as { items: { id: string }[] }).items.map(({ id }) => id);
  expect(ids).toEqual(["acme"]);
  expect((await stage.deployment.admin("providers", "enable", "other")).exitCode).toBe(0);
  expect((await late.get("/accounts/none/login")).status).toBe(404);
});

test("a provider that is down is an error of the provider, and serves again when it is back", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  const path = await visit(stage, visitor);
  await stage.peer.goDown();
  try {
    expect(leadsTo(await visitor.get(path))).toBe("302 /login?error=provider_error");
    // Its metadata is held; all the same nobody is sent to where nobody is.
    expect(await refusesSoon(visitor)).toBe("302 /login?error=provider_error");
  } finally {
    stage.peer.comeBack();
  }
  expect(leadsTo(await signInBy(stage, visitor))).toBe("302 /dashboard");
});

/** Where a visit begins, once it was noticed that the provider is down: a second, where it was seen just before. */
async function refusesSoon(visitor: Visitor): Promise<string> {
  const deadline = performance.now() + 60_000;
  let last = "";
  while (performance.now() < deadline && !last.includes("error=")) {
    last = leadsTo(await visitor.get("/accounts/acme/login"));
    await Bun.sleep(100);
  }
  return last;
}

test("no code, token or secret of a visit is in the log or in an event", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  const path = await visit(stage, visitor);
  await visitor.get(path);
  const query = new URL(path, "http://localhost").searchParams;
  const secrets = [query.get("code"), query.get("state"), stage.peer.clientSecret];
  const said = [
    JSON.stringify(stage.deployment.server.logs()),
    JSON.stringify(stage.deployment.sql("SELECT * FROM events")),
  ];
  for (const secret of secrets) {
    expect(secret).toBeString();
    for (const text of said) expect(text).not.toContain(secret ?? "");
  }
});

test("the provider's token is handed to its user after a fresh sign-in, and the refresh token to nobody", async () => {
  newPerson(stage);
  const visitor = stage.deployment.visitor();
  await signInBy(stage, visitor);
  const list = await visitor.get(`${AUTH}/accounts`);
  const [item] = (list.json as { items: { id: string }[] }).items;
  const path = `${AUTH}/accounts/${item?.id}/token`;
  const answer = await visitor.get(path);
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.json as object).toSorted()).toEqual([
    "access_token",
    "expires_at",
    "scopes",
  ]);
  expect(answer.text).not.toContain("refresh");
  const stranger = await stage.deployment.newAccount();
  expect((await stranger.browser.get(path)).status).toBe(404);
  expect((await stage.deployment.visitor().get(path)).status).toBe(401);
  const me = await meOf(visitor);
  const longAgo = Date.now() - 6 * 60_000;
  stage.deployment.sql("UPDATE sessions SET created_at = ? WHERE user_id = ?", longAgo, me.id);
  await stage.deployment.restart();
  const stale = await reopened(visitor).get(path);
  expect([stale.status, (stale.json as { code: string }).code]).toEqual([403, "step_up_required"]);
});

/** The same browser, at the server that was started anew. */
function reopened(visitor: Visitor): Visitor {
  const again = stage.deployment.visitor({ address: visitor.address });
  for (const name of ["sessionid", "csrftoken"]) {
    again.jar.keep(`${name}=${visitor.jar.find(name)}; Path=/`);
  }
  return again;
}
