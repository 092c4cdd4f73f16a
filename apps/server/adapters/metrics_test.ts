import { describe, expect, test } from "bun:test";
import { epochMs } from "@postern/std";
import { createMetrics, type MetricSources } from "./metrics.ts";

function metricsWith(changes: Partial<MetricSources> = {}) {
  const metrics = createMetrics({
    version: "1.2.3",
    passwords: () => ({ waiting: 2, running: 1, refused: 5 }),
    outbox: () => Promise.resolve({ waiting: 3, oldestAt: Date.now() - 60_000 }),
    warmSessions: () => 7,
    sockets: () => 6,
    backlogBytes: () => 12,
    waitingWrites: () => 4,
    redis: { isUp: true, countedAlone: 3 },
    providers: () =>
      Promise.resolve([
        { providerId: "acme", checkedAt: epochMs(1_700_000_000_000), ok: true, checks: [] },
        { providerId: "down", checkedAt: epochMs(1_700_000_000_000), ok: false, checks: [] },
      ]),
    ...changes,
  });
  metrics.close();
  return metrics;
}

/** The samples of the text format, by name and labels. */
function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const match = /^([a-zA-Z_:][\w:]*(?:\{.*\})?) (\S+)$/.exec(line);
    if (match?.[1] === undefined) throw new Error(`No sample: ${line}`);
    expect(samples.has(match[1])).toBe(false);
    samples.set(match[1], Number(match[2]));
  }
  return samples;
}

test("requests are counted by route, method and class of status", async () => {
  const metrics = metricsWith();
  metrics.route("GET", "/api/v1/auth/me").observe(200, 0.3);
  metrics.route("GET", "/api/v1/auth/me").observe(204, 3);
  metrics.route("GET", "/api/v1/auth/me").observe(401, 30);
  metrics.route("POST", "/api/v1/auth/me").observe(500, 9_000);
  const samples = samplesOf(await metrics.text());
  const total = (labels: string) =>
    samples.get(`postern_http_requests_total{route="/api/v1/auth/me",${labels}}`);
  expect(total('method="GET",status="2xx"')).toBe(2);
  expect(total('method="GET",status="4xx"')).toBe(1);
  expect(total('method="POST",status="5xx"')).toBe(1);
  expect(total('method="GET",status="5xx"')).toBeUndefined();
});

test("durations are cumulative buckets with sum and count, whenever they are asked for", async () => {
  const metrics = metricsWith();
  for (const ms of [0.5, 0.51, 4, 40, 9_000]) metrics.route("GET", "/x").observe(200, ms);
  await metrics.text();
  const samples = samplesOf(await metrics.text());
  const bucket = (le: string) =>
    samples.get(`postern_http_request_duration_seconds_bucket{le="${le}",route="/x",method="GET"}`);
  expect(["0.0005", "0.001", "0.0025", "0.005", "0.05", "5", "+Inf"].map(bucket)).toEqual([
    1, 2, 2, 3, 4, 4, 5,
  ]);
  expect(samples.get('postern_http_request_duration_seconds_count{route="/x",method="GET"}')).toBe(
    5,
  );
  expect(
    samples.get('postern_http_request_duration_seconds_sum{route="/x",method="GET"}'),
  ).toBeCloseTo(9.04501, 5);
});

test("labels are bounded, whatever methods and patterns come (cardinality)", async () => {
  const metrics = metricsWith();
  metrics.route("GET", "/first").observe(200, 1);
  for (let index = 0; index < 10_000; index += 1) {
    metrics.route(`M${index}`, "/x").observe(200, 1);
    metrics.route("GET", `/${index}`).observe(200, 1);
  }
  metrics.route("GET", "/first").observe(200, 1);
  const samples = samplesOf(await metrics.text());
  const totals = [...samples].filter(([name]) => name.startsWith("postern_http_requests_total"));
  expect(totals.length).toBeLessThan(300);
  expect(totals.reduce((sum, [, value]) => sum + value, 0)).toBe(20_002);
  expect(samples.get('postern_http_requests_total{route="/first",method="GET",status="2xx"}')).toBe(
    2,
  );
  expect(samples.get('postern_http_requests_total{route="/x",method="other",status="2xx"}')).toBe(
    10_000,
  );
});

test("events are counted by their outcome", async () => {
  const metrics = metricsWith();
  metrics.signIn("signed_in");
  metrics.signIn("signed_in");
  metrics.signIn("invalid_credentials");
  metrics.rateLimited("login_address");
  metrics.mail("sent");
  metrics.commit(2);
  const samples = samplesOf(await metrics.text());
  expect(samples.get('postern_sign_ins_total{outcome="signed_in"}')).toBe(2);
  expect(samples.get('postern_sign_ins_total{outcome="invalid_credentials"}')).toBe(1);
  expect(samples.get('postern_rate_limited_total{limit="login_address"}')).toBe(1);
  expect(samples.get('postern_mails_total{outcome="sent"}')).toBe(1);
  expect(samples.get('postern_commit_duration_seconds_bucket{le="0.0025"}')).toBe(1);
});

test("queues, versions and the process are read when they are asked for", async () => {
  let lookUps = 0;
  const metrics = metricsWith({
    outbox: () => {
      lookUps += 1;
      return Promise.resolve({ waiting: 3, oldestAt: Date.now() - 60_000 });
    },
  });
  const samples = samplesOf(await metrics.text());
  expect(Object.fromEntries(samples)).toMatchObject({
    postern_passwords_waiting: 2,
    postern_passwords_running: 1,
    postern_passwords_refused_total: 5,
    postern_warm_sessions: 7,
    postern_writes_waiting: 4,
    postern_mails_waiting: 3,
    [`postern_build_info{version="1.2.3",bun="${Bun.version}"}`]: 1,
  });
  expect(lookUps).toBe(1);
  expect(samples.get("postern_mail_oldest_age_seconds")).toBeCloseTo(60, 0);
  expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(1_000_000);
  expect(samples.get("process_cpu_seconds_total")).toBeGreaterThan(0);
  expect(samples.get("process_open_fds")).toBeGreaterThan(2);
  expect(samples.get("process_start_time_seconds")).toBeCloseTo(Date.now() / 1_000, -4);
  expect(samples.get("postern_event_loop_lag_seconds")).toBeGreaterThanOrEqual(0);
});

describe("a source that fails costs its own metric only", () => {
  test.each([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no"))],
    ["never answers", () => new Promise<never>(() => undefined)],
  ])("%s", async (_name, outbox) => {
    const samples = samplesOf(await metricsWith({ outbox }).text());
    expect(samples.has("postern_mails_waiting")).toBe(false);
    expect(samples.has("postern_mail_oldest_age_seconds")).toBe(false);
    expect(samples.get("postern_writes_waiting")).toBe(4);
  });

  test("and is asked again the next time", async () => {
    let asked = 0;
    const metrics = metricsWith({
      outbox: () => {
        asked += 1;
        return asked === 1
          ? Promise.reject(new Error("no"))
          : Promise.resolve({ waiting: 9, oldestAt: null });
      },
    });
    await metrics.text();
    const samples = samplesOf(await metrics.text());
    expect(samples.get("postern_mails_waiting")).toBe(9);
    expect(samples.get("postern_mail_oldest_age_seconds")).toBe(0);
  });
});

test("the lag of the event loop shows once, after it was blocked", async () => {
  const metrics = createMetrics({
    version: "1",
    passwords: () => ({ waiting: 0, running: 0, refused: 0 }),
    outbox: () => Promise.resolve({ waiting: 0, oldestAt: null }),
    warmSessions: () => 0,
    sockets: () => 6,
    backlogBytes: () => 12,
    waitingWrites: () => 0,
    redis: null,
    providers: () => Promise.resolve([]),
  });
  const lag = async () =>
    samplesOf(await metrics.text()).get("postern_event_loop_lag_seconds") ?? 0;
  await until(async () => {
    // Between two looks of the timer, wherever those are.
    await Bun.sleep(300);
    Bun.sleepSync(400);
    await Bun.sleep(50);
    return (await lag()) > 0.2;
  });
  await until(async () => (await lag()) < 0.2);
  metrics.close();
});

test("every name keeps to Prometheus's conventions", async () => {
  const metrics = metricsWith();
  metrics.route("GET", "/x").observe(200, 1);
  const text = await metrics.text();
  const kinds = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => ({
    name,
    kind,
  }));
  expect(kinds.length).toBeGreaterThan(15);
  for (const { name, kind } of kinds) {
    expect(name).toMatch(/^(postern|process)_[a-z_]+$/);
    expect(name?.endsWith("_total")).toBe(kind === "counter");
    expect(text).toContain(`# HELP ${name} `);
  }
  expect(metrics.contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
});

test("each provider shows how its last check went", async () => {
  const samples = samplesOf(await metricsWith().text());
  expect(samples.get('postern_provider_ok{provider="acme"}')).toBe(1);
  expect(samples.get('postern_provider_ok{provider="down"}')).toBe(0);
  expect(samples.get('postern_provider_checked_at_seconds{provider="acme"}')).toBe(1_700_000_000);
});

test("messages and closed sockets are counted, codes that are not ours as one (cardinality)", async () => {
  const metrics = metricsWith();
  metrics.messageStored();
  metrics.messageDelivered(50);
  metrics.messageStored();
  metrics.messageDelivered(2);
  for (const code of [1012, 4001, 4001, 1000, 1006, 4999]) metrics.socketClosed(code);
  metrics.socketRefused(4003);
  for (const kind of ["typing", "typing", "invalid"] as const) metrics.frame(kind);
  const samples = samplesOf(await metrics.text());
  expect(samples.get("postern_sockets")).toBe(6);
  expect(samples.get("postern_socket_backlog_bytes")).toBe(12);
  expect(samples.get('postern_sockets_refused_total{code="4003"}')).toBe(1);
  expect(samples.get('postern_frames_total{type="typing"}')).toBe(2);
  expect(samples.get('postern_frames_total{type="invalid"}')).toBe(1);
  expect(samples.get('postern_frames_total{type="message"}')).toBe(0);
  expect(samples.get("postern_messages_total")).toBe(2);
  expect(samples.get("postern_message_deliveries_total")).toBe(52);
  expect(samples.get('postern_sockets_closed_total{code="4001"}')).toBe(2);
  expect(samples.get('postern_sockets_closed_total{code="other"}')).toBe(3);
});

/** Waits, however busy the machine is. The time limit of the test ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await Bun.sleep(10);
}
