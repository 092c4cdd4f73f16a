/**
 * Attacks on a console's code and tokens, on the rules and the store behind the doors.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  allowConsole,
  authenticateToken,
  blockUser,
  exchangeCode,
  refresh,
  rotateKeys,
  type Session,
  type SignedIn,
  signOutUser,
  type User,
} from "@postern/auth";
import { createTokens } from "@postern/server/adapters/tokens.ts";
import { createAuthenticateAdmin } from "@postern/server/http/authenticate_admin.ts";
import { attachContext, RequestContext } from "@postern/server/http/request_context.ts";
import { epochMs, hours, minutes, seconds } from "@postern/std";
import { type Administration, openAdministration } from "../support/administration.ts";
import { type ConsoleKey, hashOf, makeConsoleKey } from "../support/console_key.ts";

const ORIGIN = "https://id.example.org";
const CALL = `${ORIGIN}/admin/trpc/users.list`;
const REDIRECT = "http://127.0.0.1:49152/callback";
const VERIFIER = "a".repeat(43);
const STRANGER = { type: "anonymous", requestId: "-", ip: null, userAgent: null } as const;

let administration: Administration;
let key: ConsoleKey;
let thief: ConsoleKey;

beforeAll(async () => {
  administration = await openAdministration();
  [key, thief] = await Promise.all([makeConsoleKey(), makeConsoleKey()]);
});

afterAll(async () => {
  await administration[Symbol.asyncDispose]();
});

let names = 0;

function deps() {
  const { core, deps: rpc } = administration;
  const { clock } = rpc;
  const tokens = createTokens({ clock, keys: core.rings.signing });
  const describeDevice = () => null;
  return { ...core, clock, tokens, sealer: core.rings.sealer, describeDevice };
}

async function newAdmin(): Promise<User> {
  names += 1;
  return await administration.addUser(`admin${names}`, { role: "security" });
}

async function newCode(user: User, signedInAgoMs = 0, maxAgeMs: number | null = null) {
  const { id: sessionId } = await administration.addSession(user);
  const actor = { ...administration.actor(user, signedInAgoMs), sessionId };
  const asked = { codeChallenge: hashOf(VERIFIER), maxAgeMs, signedInAfter: null, operation: null };
  return await allowConsole(deps(), actor, { redirectUri: REDIRECT, state: "s", ...asked });
}

function isConsole({ kind }: Session): boolean {
  return kind === "console";
}

async function goodCode(user: User): Promise<string> {
  const made = await newCode(user);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.code;
}

function exchange(code: string, changed: object = {}) {
  const { thumbprint } = key;
  const proof = { thumbprint, takeProof: async () => true };
  const command = { code, redirectUri: REDIRECT, verifier: VERIFIER, ...proof, ...changed };
  return exchangeCode(deps(), STRANGER, command);
}

async function newConsole(user: User): Promise<SignedIn> {
  const made = await exchange(await goodCode(user));
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

interface Sent {
  readonly authorization?: string | null;
  readonly proof?: string | null;
  readonly url?: string;
}

/** What the guard makes of a call with a token, and a proof that is right where none is given. */
async function call(token: string, sent: Sent = {}): Promise<string> {
  const { authorization = `DPoP ${token}`, url = CALL } = sent;
  const proof = sent.proof === undefined ? await prove(token) : sent.proof;
  const headers = new Headers();
  if (authorization !== null) headers.set("authorization", authorization);
  if (proof !== null) headers.set("dpop", proof);
  const request = new Request(url, { method: "POST", headers });
  const caller = () => ({ ip: "192.0.2.1", limitKey: "192.0.2.1", isHttps: true });
  attachContext(new RequestContext(request, { caller, listener: "main" }));
  const guard = createAuthenticateAdmin({ ...deps(), originsOf: () => [ORIGIN] });
  const found = await guard(request);
  return found.ok ? `${found.value.username} as ${found.value.role}` : found.error.code;
}

function prove(token: string, changed: object = {}, by = key): Promise<string> {
  const iat = Math.floor(administration.now / seconds(1));
  return by.prove({ htu: CALL, iat, token, ...changed });
}

test("a console's token with its proof is its administrator, in a session of its own", async () => {
  const user = await newAdmin();
  const { tokens, session } = await newConsole(user);
  expect(await call(tokens.accessToken)).toBe(`${user.username} as security`);
  expect(session).toMatchObject({ kind: "console", idleMs: hours(1), absoluteMs: hours(12) });
  const { items } = await administration.core.store.listSessions(user.id, administration.now, {
    limit: 5,
  });
  expect(items.filter(isConsole).map(({ id }) => id)).toEqual([session.id]);
});

test("a stolen token is worthless without its key: no proof, another's proof, as Bearer", async () => {
  const { tokens } = await newConsole(await newAdmin());
  const { accessToken: token } = tokens;
  expect(await call(token, { authorization: null })).toBe("unauthenticated");
  for (const sent of [
    { proof: null },
    { proof: await prove(token, {}, thief) },
    { authorization: `Bearer ${token}` },
    { authorization: `DPoP ${token} ${token}` },
    { authorization: "DPoP" },
  ]) {
    expect(await call(token, sent)).toBe("invalid_token");
  }
  const asUser = await authenticateToken(deps(), token);
  expect(asUser).toEqual({ ok: false, error: { code: "invalid_token" } });
});

test("a proof works once, also where it comes twenty times at once (replay)", async () => {
  const { tokens } = await newConsole(await newAdmin());
  const proof = await prove(tokens.accessToken);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call(tokens.accessToken, { proof })),
  );
  expect(answers.filter((answer) => answer !== "invalid_token")).toHaveLength(1);
});

test("a proof for another address, method, token or time is refused", async () => {
  const { tokens } = await newConsole(await newAdmin());
  const { accessToken: token } = tokens;
  const old = Math.floor(administration.now / seconds(1)) - 61;
  for (const changed of [
    { htu: `${ORIGIN}/admin/trpc/users.block` },
    { htu: "http://127.0.0.1:8000/admin/trpc/users.list" },
    { htm: "GET" },
    { token: "another" },
    { iat: old },
  ]) {
    expect(await call(token, { proof: await prove(token, changed) })).toBe("invalid_token");
  }
  expect(await call(token, { url: `${CALL}?batch=1` })).toContain("security");
});

test("a user's own access token opens no door of administration, and a refresh token neither", async () => {
  const user = await newAdmin();
  const { tokens } = await newConsole(user);
  const session = await administration.addSession(user);
  const { tokens: port } = deps();
  const access = await port.sign(
    {
      type: "access",
      id: "x",
      sessionId: session.id,
      userId: user.id,
      issuedAt: administration.now,
      expiresAt: epochMs(administration.now + minutes(15)),
    },
    port.signingKeyId(),
  );
  expect(await call(access)).toBe("invalid_token");
  expect(await call(tokens.refreshToken)).toBe("invalid_token");
});

test("a code needs its verifier and its redirect (PKCE, RFC 7636)", async () => {
  const code = await goodCode(await newAdmin());
  for (const changed of [
    { verifier: "b".repeat(43) },
    { verifier: "" },
    { verifier: hashOf(VERIFIER) },
    { redirectUri: "http://127.0.0.1:49153/callback" },
    { redirectUri: "" },
  ]) {
    expect(await exchange(code, changed)).toEqual({ ok: false, error: { code: "invalid_token" } });
  }
  expect((await exchange(code)).ok).toBe(true);
  expect((await exchange("nonsense")).ok).toBe(false);
});

test("a code that comes again ends the tokens of the first (code replay)", async () => {
  const code = await goodCode(await newAdmin());
  const first = await exchange(code);
  if (!first.ok) throw new Error(first.error.code);
  expect((await exchange(code, { thumbprint: thief.thumbprint })).ok).toBe(false);
  expect(await call(first.value.tokens.accessToken)).toBe("session_ended");
  const event = await administration.newest("token_reuse");
  expect(event).toMatchObject({ success: false, details: { kind: "code", ended: true } });
});

test("of twenty at once that bring one code, at most one gets tokens, and those end (race)", async () => {
  const user = await newAdmin();
  const code = await goodCode(user);
  const made = await Promise.all(Array.from({ length: 20 }, () => exchange(code)));
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  const page = { limit: 5 };
  const live = await administration.core.store.listSessions(user.id, administration.now, page);
  expect(live.items.filter(isConsole)).toEqual([]);
});

test("a code runs out after 60 seconds", async () => {
  const code = await goodCode(await newAdmin());
  administration.now = epochMs(administration.now + seconds(60));
  expect((await exchange(code)).ok).toBe(false);
});

test("no code is made for whoever has no role, nor for an older sign-in than was asked for", async () => {
  const nobody = await administration.addUser("nobody");
  expect(await newCode(nobody)).toMatchObject({ error: { code: "forbidden" } });
  const admin = await newAdmin();
  const late = await newCode(admin, minutes(5) + 1, minutes(5));
  expect(late).toEqual({ ok: false, error: { code: "step_up_required" } });
  expect((await newCode(admin, minutes(5), minutes(5))).ok).toBe(true);
});

test("a role that was lost between consent and exchange makes no console", async () => {
  const user = await newAdmin();
  const code = await goodCode(user);
  await administration.core.store.write(async (tx) => {
    await tx.updateUser(user.id, { role: null });
    const event = await administration.newest("signup");
    if (event === undefined) throw new Error("There is no event");
    return { value: null, event };
  });
  expect((await exchange(code)).ok).toBe(false);
});

test("a console's refresh token is good beside its own key alone, and each works once", async () => {
  const { tokens } = await newConsole(await newAdmin());
  const verified = await deps().tokens.verify(tokens.refreshToken, "refresh");
  const command = { verified, cookieSessionId: null };
  for (const proof of [{}, { thumbprint: thief.thumbprint }]) {
    const refused = await refresh(deps(), STRANGER, { ...command, ...proof });
    expect(refused).toEqual({ ok: false, error: { code: "invalid_token" } });
  }
  const own = { ...command, thumbprint: key.thumbprint };
  const next = await refresh(deps(), STRANGER, own);
  if (!next.ok) throw new Error(next.error.code);
  expect(await call(next.value.tokens.accessToken)).toContain("security");
  administration.now = epochMs(administration.now + seconds(11));
  expect((await refresh(deps(), STRANGER, own)).ok).toBe(false);
  expect(await call(next.value.tokens.accessToken)).toBe("session_ended");
});

test("a console ends with signOut, a lost role, a block, and after 12 hours", async () => {
  const operator = { ...STRANGER, type: "operator", username: "op" } as const;
  const endings = [
    async ({ id }: User) => await signOutUser(administration.deps, operator, { id }),
    async ({ id }: User) =>
      await blockUser(administration.deps, operator, { id, reason: null, until: null }),
    async (user: User) => {
      const owner = await administration.addUser(`owner${user.id}`, { role: "owner" });
      await administration.as(owner).users.setRole({ id: String(user.id), role: null });
    },
  ];
  for (const end of endings) {
    const user = await newAdmin();
    const { tokens } = await newConsole(user);
    expect(await call(tokens.accessToken)).toContain("security");
    await end(user);
    expect(await call(tokens.accessToken)).toBe("session_ended");
  }
  const { tokens } = await newConsole(await newAdmin());
  administration.now = epochMs(administration.now + hours(12));
  const own = { cookieSessionId: null, thumbprint: key.thumbprint };
  const verified = await deps().tokens.verify(tokens.refreshToken, "refresh");
  const late = await refresh(deps(), STRANGER, { verified, ...own });
  expect(late.ok).toBe(false);
});

test("a compromised signing key ends the consoles whose tokens it signed", async () => {
  const { tokens } = await newConsole(await newAdmin());
  const { core, deps: rpc } = administration;
  const operator = { ...STRANGER, type: "operator", username: "op" } as const;
  const command = { ring: "signing", compromised: "current" } as const;
  expect((await rotateKeys({ ...rpc, keyMaker: core.rings.maker }, operator, command)).ok).toBe(
    true,
  );
  await core.rings.reload();
  expect(await call(tokens.accessToken)).toBe("invalid_token");
  const own = { cookieSessionId: null, thumbprint: key.thumbprint };
  const verified = await deps().tokens.verify(tokens.refreshToken, "refresh");
  const refused = await refresh(deps(), STRANGER, { verified, ...own });
  expect(refused.ok).toBe(false);
});
