/**
 * The overview of administration: what is counted, and what is said to need somebody.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import { after, days, epochMs, hours, minutes } from "@postern/std";
import { type Administration, openAdministration } from "../support/administration.ts";

let administration: Administration;
let overview: ReturnType<Administration["as"]>["overview"];

beforeEach(async () => {
  administration = await openAdministration();
  ({ overview } = (await administration.admin("auditor")).procedures);
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

test("overview.summary counts the last hour, by minute, reason and limit, and nothing older", async () => {
  await administration.note("login");
  administration.pass(hours(2));
  await administration.addSession(await administration.addUser("ann"));
  await administration.note("login");
  for (const reason of ["wrong_password", "wrong_password", "blocked"]) {
    await administration.note("failed_login", { reason });
  }
  administration.pass(minutes(1));
  await administration.note("rate_limited", { limit: "login_address" });
  const summary = await overview.summary();
  expect(summary).toMatchObject({
    health: { ok: true },
    live_sessions: { count: 1, more: false, about: false },
    sockets: 3,
    samples: [{ sessions: 1, sockets: 3 }],
    attention: [],
    last_hour: {
      sign_ins: { count: 1, more: false },
      failed_sign_ins: { count: 3, more: false },
      rate_limited: { count: 1, more: false },
      failures: {
        items: [
          { key: "wrong_password", count: 2 },
          { key: "blocked", count: 1 },
        ],
        more: false,
      },
      limits: { items: [{ key: "login_address", count: 1 }], more: false },
    },
  });
  expect(summary.last_hour.minutes).toHaveLength(60);
  expect(summary.last_hour.minutes.slice(-2)).toMatchObject([
    { sign_ins: 1, failed_sign_ins: 3, rate_limited: 0 },
    { sign_ins: 0, failed_sign_ins: 0, rate_limited: 1 },
  ]);
});

test("overview.summary says what needs somebody: a failing check, a provider, guessing, an old key", async () => {
  const { store } = administration.core;
  administration.health.checks = [{ name: "mail", ok: false, detail: "12 waiting" }];
  const { providers } = (await administration.admin("security")).procedures;
  for (const id of ["slow", "gone"]) {
    const given = { id, kind: "oidc", name: id, client_id: "c", client_secret: "s" } as const;
    await providers.create({ ...given, issuer: "http://127.0.0.1:1" });
  }
  await store.bookkeeping.saveProviderHealth({
    providerId: "slow",
    checkedAt: administration.now,
    ok: false,
    checks: [{ name: "clock", ok: false, detail: "Its clock is 90 s behind" }],
  });
  await providers.test({ id: "gone" });
  await Promise.all(
    Array.from({ length: 100 }, () =>
      administration.note("failed_login", { reason: "wrong_password" }),
    ),
  );
  const now = (await overview.summary()).attention.map(({ code, subject }) => [code, subject]);
  expect(now.toSorted()).toEqual([
    ["clock_off", "slow"],
    ["many_failures", "sign-ins"],
    ["provider_failing", "gone"],
    ["unhealthy", "mail"],
  ]);
  // Keys are made by the clock of this machine.
  const made = (await store.listKeys()).map(({ createdAt }) => createdAt);
  administration.now = after(epochMs(Math.max(...made)), days(340));
  const soon = (await overview.summary()).attention.filter(({ urgency }) => urgency === "soon");
  expect(soon.map(({ code }) => code)).toEqual(["key_old", "key_old", "key_old"]);
});

test("overview.history gives the samples of the day, newest first", async () => {
  expect((await overview.history()).items).toMatchObject([{ sessions: 1, sockets: 3 }]);
});
