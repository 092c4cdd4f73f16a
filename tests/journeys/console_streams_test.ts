import { expect, test } from "bun:test";
import type { RpcEvent } from "@postern/console";
import { CHROMIUM } from "../support/browser.ts";
import { followSubscription } from "../support/electron/follow_subscription.ts";
import { pair, whenConsole } from "./_console_steps.ts";
import { setStage } from "./_stage.ts";

const stage = setStage();

/** One after another: they take the server away that they share. */
const journey = test.skipIf(CHROMIUM === undefined);

/** What the page is promised, milliseconds. */
const STALE_WITHIN_MS = 3_000;

/** How often a promise of time may be broken by a machine that has other things to do. */
const TRIES = 10;

interface Piece {
  readonly items: readonly { readonly id: string; readonly action: string }[];
}

/** Ids of the events that a tail told, in order. */
function idsIn(events: readonly RpcEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "data" ? (event.data as Piece).items.map(({ id }) => id) : [],
  );
}

function kindsIn(events: readonly RpcEvent[]): readonly string[] {
  return events.map(({ kind }) => kind);
}

function lastKind(events: readonly RpcEvent[]): string | undefined {
  return events.at(-1)?.kind;
}

/** Ids of all sign-ins that the server has recorded after one. */
function signInsAfter(id: string): readonly string[] {
  const rows = stage().deployment.sql<{ seq: number }>(
    "SELECT seq FROM events WHERE action = 'failed_login' AND seq > ? ORDER BY seq",
    Number(id),
  );
  return rows.map(({ seq }) => String(seq));
}

async function failToSignIn(): Promise<void> {
  const visitor = stage().deployment.visitor();
  await visitor.post("/api/v1/auth/login", { identifier: "nobody", password: "wrong" });
}

journey(
  "over a server that goes away and comes back, no event is missed or told twice",
  async () => {
    await using paired = await pair(stage());
    const { console } = paired;
    const { deployment } = stage();
    const [{ last }] = deployment.sql<{ last: number }>("SELECT max(seq) AS last FROM events") as [
      { last: number },
    ];
    const input = { query: "action:failed_login" };
    const tail = await followSubscription(console.page, { path: "audit.tail", input });
    await tail.until((events) => kindsIn(events).includes("connected"));
    await failToSignIn();
    await tail.until((events) => idsIn(events).length === 1);
    const { port } = new URL(deployment.server.url);
    const { publicUrl } = deployment.server;
    await deployment.crash();
    await tail.until((events) => lastKind(events) === "disconnected");
    expect(await whenConsole(console, ({ connection }) => connection === "offline")).toMatchObject({
      session: { role: "owner" },
    });
    const call = { type: "query", path: "users.list", input: {} } as const;
    expect(await console.verb("request", call)).toMatchObject({ error: { code: "offline" } });
    await deployment.restart({ PORT: port, PUBLIC_URL: publicUrl });
    // Before the console is back.
    await failToSignIn();
    await whenConsole(console, ({ connection }) => connection === "online");
    await failToSignIn();
    const told = await tail.until((events) => idsIn(events).length >= 3);
    expect(idsIn(told)).toEqual(signInsAfter(String(last)));
    // A server that a busy machine holds up for seconds may be taken for gone, and found again.
    expect(
      kindsIn(told)
        .filter((kind) => kind !== "data")
        .join(" "),
    ).toMatch(/^connected( disconnected connected)+$/);
    expect((await console.verb("request", call)).ok).toBe(true);
  },
);

journey("a server that falls silent is known to be gone within three seconds", async () => {
  await using paired = await pair(stage());
  const { console } = paired;
  const { server } = stage().deployment;
  const live = await followSubscription(console.page, { path: "overview.live", input: {} });
  await live.until((events) => kindsIn(events).includes("data"));
  const waits: number[] = [];
  while (waits.every((ms) => ms > STALE_WITHIN_MS) && waits.length < TRIES) {
    const { length: before } = await live.events();
    process.kill(server.pid, "SIGSTOP");
    const stoppedAt = performance.now();
    await live.until((events) => events.slice(before).some(({ kind }) => kind === "disconnected"));
    waits.push(performance.now() - stoppedAt);
    await whenConsole(console, ({ connection }) => connection === "offline");
    process.kill(server.pid, "SIGCONT");
    await live.until((events) => ["connected", "data"].includes(lastKind(events) ?? ""));
    await whenConsole(console, ({ connection }) => connection === "online");
  }
  expect(Math.min(...waits)).toBeLessThanOrEqual(STALE_WITHIN_MS);
});

journey(
  "subscriptions end with their server's page, with the sign-in, and where they are wrong",
  async () => {
    await using paired = await pair(stage());
    const { console, account } = paired;
    const live = { path: "overview.live", input: {} };
    const kept = await followSubscription(console.page, live);
    const stopped = await followSubscription(console.page, live);
    await Promise.all([kept, stopped].map((one) => one.until((events) => events.length >= 2)));
    await stopped.stop();
    const { length: heard } = await stopped.events();
    for (const path of ["nothing.here", "users.list", "audit.nothing"]) {
      const wrong = await followSubscription(console.page, { path, input: {} });
      const told = await wrong.until((events) => events.length > 0);
      expect([path, kindsIn(told)]).toEqual([path, ["error"]]);
    }
    const ended = await stage().deployment.admin("users", "sign-out", account.username, "--json");
    expect(ended.exitCode).toBe(0);
    const told = await kept.until((events) => ["error", "ended"].includes(lastKind(events) ?? ""));
    expect(lastKind(told)).toMatch(/error|ended/);
    await whenConsole(console, ({ session, connection }) => {
      return session === null && connection === "signed_out";
    });
    expect(await stopped.events()).toHaveLength(heard);
  },
);
