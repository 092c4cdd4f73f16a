import { afterAll, expect, test } from "bun:test";
import type { KeyId, RefreshToken, RefreshTokenId, Rotation } from "@postern/auth";
import { epochMs, hours } from "@postern/std";
import { column } from "./_rows.ts";
import {
  addSession,
  addUser,
  event,
  freshPath,
  NOW,
  newToken,
  newUser,
  openTest,
  removeDatabase,
} from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store } = opened;
const user = await addUser(store, newUser("ada"));
const { rotateRefreshToken } = store.bookkeeping;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

function rotation(spent: RefreshToken, facts: Partial<Rotation> = {}): Rotation {
  return {
    spend: spent.id,
    at: NOW,
    sealedSuccessor: `sealed for ${spent.id}`,
    next: newToken(spent.sessionId),
    ...facts,
  };
}

test("rotateRefreshToken() spends one, remembers its successor, and adds the next", async () => {
  const { token } = await addSession(store, user.id);
  const turn = rotation(token);
  expect(await rotateRefreshToken(turn)).toBe(true);
  expect(await store.findRefreshToken(token.id)).toEqual({
    ...token,
    spentAt: NOW,
    successor: turn.sealedSuccessor,
  });
  expect(await store.findRefreshToken(turn.next.id)).toEqual(turn.next);
});

test("rotateRefreshToken() is use of the session: it moves when that was last seen, never back", async () => {
  const { session, token } = await addSession(store, user.id);
  const later = rotation(token, { at: epochMs(NOW + 60_000) });
  const seenAt = async () => (await store.findSession(session.id))?.session.seenAt;
  expect(await rotateRefreshToken(later)).toBe(true);
  expect(await seenAt()).toBe(epochMs(NOW + 60_000));
  expect(await rotateRefreshToken(rotation(later.next))).toBe(true);
  expect(await rotateRefreshToken(rotation(token, { at: epochMs(NOW + 90_000) }))).toBe(false);
  expect(await seenAt()).toBe(epochMs(NOW + 60_000));
});

test("rotateRefreshToken() works once", async () => {
  const { token } = await addSession(store, user.id);
  const [first, second] = [rotation(token), rotation(token)];
  expect(await rotateRefreshToken(first)).toBe(true);
  expect(await rotateRefreshToken(second)).toBe(false);
  expect(await store.findRefreshToken(second.next.id)).toBeNull();
});

test("20 parallel rotateRefreshToken() of one token make one successor (race)", async () => {
  const { session, token } = await addSession(store, user.id);
  const turns = Array.from({ length: 20 }, () => rotation(token));
  const won = await Promise.all(turns.map(rotateRefreshToken));
  expect(won.filter(Boolean)).toHaveLength(1);
  const sql = "SELECT id FROM refresh_tokens WHERE session_id = ? AND spent_at IS NULL";
  const unspent = await column(opened.database.reader, sql, [session.id]);
  expect(unspent).toEqual([turns[won.indexOf(true)]?.next.id as RefreshTokenId]);
});

test("parallel rotateRefreshToken() of many tokens keep theirs apart", async () => {
  const made = await Promise.all(Array.from({ length: 40 }, () => addSession(store, user.id)));
  const turns = made.map(({ token }) => rotation(token));
  expect(await Promise.all(turns.map(rotateRefreshToken))).toEqual(turns.map(() => true));
  for (const turn of turns) {
    expect((await store.findRefreshToken(turn.spend))?.successor).toBe(turn.sealedSuccessor);
    expect((await store.findRefreshToken(turn.next.id))?.sessionId).toBe(turn.next.sessionId);
  }
});

test("rotateRefreshToken() refuses the token of an ended, rested or outlived session, and one run out", async () => {
  const made = await Promise.all([1, 2, 3, 4, 5].map(() => addSession(store, user.id)));
  const [ended, rested, outlived, expired, fine] = made;
  if (!(ended && rested && outlived && expired && fine)) throw new Error("Too few sessions");
  await store.write(async (tx) => {
    await tx.endSessions({ id: ended.session.id }, NOW, "logout");
    await tx.insertRefreshToken({ ...newToken(ended.session.id), id: ended.token.id });
    return { value: null, event: event() };
  });
  const results = await Promise.all([
    rotateRefreshToken(rotation(ended.token)),
    rotateRefreshToken(rotation(rested.token, { at: epochMs(NOW + hours(1)) })),
    rotateRefreshToken(rotation(outlived.token, { at: epochMs(NOW + hours(13)) })),
    rotateRefreshToken(rotation(expired.token, { at: expired.token.expiresAt })),
    rotateRefreshToken(rotation(fine.token, { at: epochMs(NOW + hours(1) - 1) })),
    rotateRefreshToken(rotation(newToken(fine.session.id))),
  ]);
  expect(results).toEqual([false, false, false, false, true, false]);
});

test("rotateRefreshToken() that cannot commit does not hold up those that come later", async () => {
  const { session, token } = await addSession(store, user.id);
  const clash = rotation(token, { next: { ...newToken(session.id), id: token.id } });
  await expect(rotateRefreshToken(clash)).rejects.toThrow("UNIQUE");
  expect((await store.findRefreshToken(token.id))?.spentAt).toBeNull();
  expect(await rotateRefreshToken(rotation(token))).toBe(true);
});

test("a session's tokens go with it", async () => {
  const { session, token } = await addSession(store, user.id);
  await opened.writer.run(async (tx) => {
    await tx.execute({ sql: "DELETE FROM sessions WHERE id = ?", args: [session.id] });
  });
  expect(await store.findRefreshToken(token.id)).toBeNull();
});

test("forgetSpentTokens() forgets what was spent too long ago to be answered once more, and no more", async () => {
  const [old, fresh] = [await addSession(store, user.id), await addSession(store, user.id)];
  const spent = rotation(old.token, { at: epochMs(NOW - 16_000) });
  const again = rotation(fresh.token, { at: epochMs(NOW - 14_000) });
  for (const turn of [spent, again]) expect(await rotateRefreshToken(turn)).toBe(true);
  await store.bookkeeping.forgetSpentTokens(NOW);
  expect(await store.findRefreshToken(old.token.id)).toBeNull();
  expect((await store.findRefreshToken(fresh.token.id))?.successor).toBe(again.sealedSuccessor);
  const latest = rotation(spent.next);
  expect(await rotateRefreshToken(latest)).toBe(true);
  expect((await store.findRefreshToken(spent.next.id))?.successor).toBe(latest.sealedSuccessor);
});

test("forgetSpentTokens() goes on where there are many", async () => {
  const { session, token } = await addSession(store, user.id);
  await opened.writer.run(async (tx) => {
    await tx.execute({
      sql: `
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234)
        INSERT INTO refresh_tokens SELECT 'many' || i, ?, 'k', 1, 1, 1, 'sealed' FROM n
      `,
      args: [session.id],
    });
  });
  await store.bookkeeping.forgetSpentTokens(NOW);
  const left = "SELECT count(*) FROM refresh_tokens WHERE id LIKE 'many%'";
  expect(await column(opened.database.reader, left, [])).toEqual([0]);
  expect(await store.findRefreshToken(token.id)).not.toBeNull();
});

test("a session that begins, or refreshes, with a key that was dropped meanwhile ends at once (race)", async () => {
  await store.write(async (tx) => {
    for (const [id, state] of [
      ["signing-dropped", "retired"],
      ["signing-kept", "previous"],
    ] as const) {
      await tx.insertKey({ ...KEY, id: id as KeyId, state });
    }
    return { value: null, event: event() };
  });
  const outcomes = [];
  opened.announced.length = 0;
  for (const keyId of ["signing-dropped", "signing-kept"]) {
    const begun = await addSession(store, user.id, { keyId });
    const { session, token } = await addSession(store, user.id);
    const turn = rotation(token, { next: newToken(session.id, { keyId }) });
    expect(await rotateRefreshToken(turn)).toBe(true);
    for (const { id } of [begun.session, session]) {
      outcomes.push((await store.findSession(id))?.session.endReason);
    }
  }
  expect(outcomes).toEqual(["key_compromised", "key_compromised", null, null]);
  const tokens = "SELECT count(*) FROM refresh_tokens WHERE key_id = 'signing-dropped'";
  expect(await column(opened.database.reader, tokens, [])).toEqual([0]);
  const ended = opened.announced.filter(({ kind }) => kind === "session_ended");
  expect(ended).toHaveLength(2);
});

const KEY = {
  ring: "signing",
  sealedSecret: "",
  publicJwk: null,
  createdAt: NOW,
  currentAt: NOW,
  previousAt: NOW,
  retiredAt: NOW,
} as const;
