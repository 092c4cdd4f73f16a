import { afterAll, expect, test } from "bun:test";
import type { LoadJob } from "./job.ts";
import { requestText } from "./request_text.ts";
import { runClosed } from "./run_closed.ts";
import { runOpen } from "./run_open.ts";

/** Answers a token of one more; 503 where the path says so. Remembers what was asked for. */
const asked: string[] = [];
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const { pathname } = new URL(request.url);
    const body = request.method === "POST" ? await request.text() : "";
    asked.push(`${pathname} ${body}`);
    if (pathname === "/busy") return Response.json({ code: "busy" }, { status: 503 });
    if (body === "") return Response.json({ path: pathname });
    const [line, count] = (JSON.parse(body) as { refresh_token: string }).refresh_token.split("-");
    return Response.json({ refresh_token: `${line}-${Number(count) + 1}` });
  },
});
const host = `127.0.0.1:${server.port}`;

afterAll(() => server.stop(true));

function job(facts: Partial<LoadJob>): LoadJob {
  return {
    hostname: "127.0.0.1",
    port: server.port ?? 0,
    requests: [],
    pace: { kind: "closed", connections: 1 },
    next: "next_of_list",
    warmUpMs: 10,
    durationMs: 60,
    ...facts,
  };
}

function get(path: string): string {
  return requestText({ method: "GET", path, host, headers: {} });
}

test("runClosed() counts the answers of the time that counts, and sends every request", async () => {
  asked.length = 0;
  const requests = ["/a", "/b", "/c", "/d", "/busy"].map(get);
  const outcome = await runClosed(job({ requests }), 2);
  const answered = Object.values(outcome.statuses).reduce((sum, count) => sum + count, 0);
  expect(answered).toBeGreaterThan(10);
  expect(answered).toBeLessThan(asked.length);
  expect(outcome.perSecond).toBeCloseTo(
    ((outcome.statuses["200"] ?? 0) / outcome.elapsedMs) * 1_000,
  );
  expect(outcome.latencyMs.p50).toBeGreaterThan(0);
  expect(outcome.latencyMs.max).toBeGreaterThanOrEqual(outcome.latencyMs.p99);
  expect(new Set(asked)).toEqual(new Set(["/a ", "/b ", "/c ", "/d ", "/busy "]));
});

test("runClosed() follows each token in a line of its own, and gives what comes next", async () => {
  asked.length = 0;
  const requests = ["x-0", "y-0", "z-0"].map((refresh_token) =>
    requestText({ method: "POST", path: "/refresh", host, headers: {}, body: { refresh_token } }),
  );
  const first = await runClosed(job({ requests, next: "refreshed" }), 2);
  const again = await runClosed(job({ requests: first.followUps, next: "refreshed" }), 2);
  for (const line of ["x", "y", "z"]) {
    const seen = asked.flatMap((each) => new RegExp(`"${line}-(\\d+)"`).exec(each)?.[1] ?? []);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.map((_, at) => String(at)));
    expect(again.followUps.join()).toContain(`"${line}-${seen.length}"`);
  }
});

test("runClosed() rejects where a token cannot be refreshed", async () => {
  const body = { refresh_token: "x-0" };
  const requests = [requestText({ method: "POST", path: "/busy", host, headers: {}, body })];
  const running = runClosed(job({ requests, next: "refreshed" }), 1);
  await expect(running).rejects.toThrow("Cannot go on refreshing: 503");
});

test("runOpen() keeps to its schedule, and says what it could not send", async () => {
  const requests = [get("/a"), get("/busy")];
  const pace = { kind: "open", perSecond: 400, connectionsMax: 8 } as const;
  const outcome = await runOpen(job({ requests, durationMs: 200 }), pace);
  const answered = Object.values(outcome.statuses).reduce((sum, count) => sum + count, 0);
  expect(answered).toBeGreaterThan(40);
  expect(answered).toBeLessThanOrEqual(84);
  expect(outcome.statuses["503"]).toBeGreaterThan(0);
  expect(outcome.unsent).toBe(0);
});
