/**
 * Ending sessions by hundreds: with progress, a result for each, and a way to stop.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import type { Session, User } from "@postern/auth";
import { minutes } from "@postern/std";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";
import { eventually } from "../support/eventually.ts";

const QUERY = "ip:10.0.0.0/8";

let administration: Administration;
let ann: User;
let security: User;
let session: Session;
let sessions: ReturnType<Administration["as"]>["sessions"];

beforeEach(async () => {
  administration = await openAdministration();
  ann = await administration.addUser("ann");
  security = await administration.addUser("security", { role: "security" });
  session = await administration.addSession(security, { kind: "console" });
  const actor = { ...administration.actor(security, 0), sessionId: session.id };
  ({ sessions } = administration.call({ ok: true, value: actor }));
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

interface Progress {
  readonly state: string;
  readonly matched: number;
  readonly tried: number;
  readonly ended: number;
  readonly rows: readonly { readonly id: string; readonly ended: boolean }[];
}

/** Everything that is told of a job until it has ended, with the id of each piece. */
async function follow(job: string, lastEventId?: string) {
  const told: (Progress & { readonly at: string })[] = [];
  const given = lastEventId === undefined ? { job } : { job, lastEventId };
  // In this process a piece is what `tracked` made of it.
  for await (const piece of await sessions.ending(given)) {
    const [at, data] = piece as unknown as readonly [id: string, data: Progress];
    told.push({ ...data, at });
  }
  return told;
}

async function addMany(count: number): Promise<readonly string[]> {
  const added = await Promise.all(
    Array.from({ length: count }, () => administration.addSession(ann, { ip: "10.1.2.3" })),
  );
  return added.map(({ id }) => id).toSorted();
}

test("sessions.startEnding ends all that match, tells what became of each once, and goes on where it was cut off", async () => {
  const ids = await addMany(1_203);
  await administration.addSession(ann, { ip: "192.0.2.1" });
  const { job, matched } = await sessions.startEnding({ query: QUERY });
  expect(matched).toBe(1_203);
  const told = await follow(job);
  const last = told.at(-1);
  expect(last).toMatchObject({ state: "done", matched: 1_203, tried: 1_203, ended: 1_203 });
  const rows = told.flatMap((piece) => piece.rows);
  expect(rows.map(({ id }) => id).toSorted()).toEqual([...ids]);
  expect(rows.every(({ ended }) => ended)).toBe(true);
  const rest = await follow(job, "1000");
  expect(rest.flatMap((piece) => piece.rows)).toEqual(rows.slice(1_000));
  const left = await sessions.list({ query: "user:ann" });
  expect(left.items.map(({ ip }) => ip)).toEqual(["192.0.2.1"]);
  const { items } = await administration.core.store.listEvents(
    { action: "admin.sessions.end_matching" },
    { limit: 10 },
  );
  expect(items.map(({ details }) => details["sessions_ended"]).toSorted()).toEqual([203, 500, 500]);
});

test("sessions.cancelEnding lets the others live", async () => {
  await addMany(1_600);
  const { job } = await sessions.startEnding({ query: QUERY });
  await sessions.cancelEnding({ job });
  const last = (await follow(job)).at(-1);
  expect(last?.state).toBe("cancelled");
  expect(last?.tried).toBeLessThan(1_600);
  const again = await sessions.startEnding({ query: QUERY });
  expect((await follow(again.job)).at(-1)?.state).toBe("done");
  expect((await sessions.list({ query: QUERY })).items).toEqual([]);
});

test("sessions.startEnding runs five jobs at once, and no more (race)", async () => {
  await addMany(1_600);
  const asked = Array.from({ length: 9 }, () => sessions.startEnding({ query: QUERY }));
  const answers = await Promise.allSettled(asked);
  const begun = answers.flatMap((one) => (one.status === "fulfilled" ? [one.value.job] : []));
  expect(begun).toHaveLength(5);
  for (const job of begun) expect((await follow(job)).at(-1)?.state).toBe("done");
});

test("a job ends no more once whoever began it is blocked, or has another role (a lost role)", async () => {
  for (const patch of [{ blockedAt: administration.now }, { role: "auditor" }] as const) {
    await addMany(1_600);
    const { job } = await sessions.startEnding({ query: QUERY });
    await administration.core.store.write(async (tx) => ({
      value: await tx.updateUser(security.id, patch),
      event: administration.event("profile_update"),
    }));
    await eventually("it stops", async () => {
      const left = await administration.core.store.findSession(session.id);
      return left !== null && administration.deps.endingJobs.get(job)?.state === "cancelled";
    });
    expect(administration.deps.endingJobs.get(job)?.results.length).toBeLessThan(1_600);
    const restored = { blockedAt: null, role: "security" } as const;
    await administration.core.store.write(async (tx) => ({
      value: await tx.updateUser(security.id, restored),
      event: administration.event("profile_update"),
    }));
  }
});

const BREAK_EVENTS = `
  CREATE TRIGGER broken BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'broken'); END`;

test("a job that breaks shows as failed, and is told to the operator", async () => {
  await addMany(3);
  await administration.core.writer.run((tx) => tx.execute({ sql: BREAK_EVENTS, args: [] }));
  const { job, matched } = await sessions.startEnding({ query: QUERY });
  expect(matched).toBe(3);
  await eventually("it is told", () => administration.reports.length === 1);
  expect(administration.reports[0]).toContain("a job that ends sessions broke");
  expect((await follow(job)).at(-1)?.state).toBe("failed");
});

test("sessions.startEnding wants a fresh sign-in and a query that says which, and a job must be there", async () => {
  const stale = administration.as(security, minutes(6));
  expect(await refusalOf(stale.sessions.startEnding({ query: QUERY }))).toBe("step_up_required");
  for (const query of [" ", '""', ' "" "  "']) {
    expect(await refusalOf(sessions.startEnding({ query }))).toBe("invalid_request");
    expect(await refusalOf(sessions.endMatching({ query, dryRun: true }))).toBe("invalid_request");
  }
  expect(await refusalOf(sessions.startEnding({ query: "colour:red" }))).toBe("invalid_request");
  expect(await refusalOf(sessions.cancelEnding({ job: "none" }))).toBe("not_found");
});
