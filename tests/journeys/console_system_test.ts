import { expect } from "bun:test";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestConsole } from "../support/electron/open_console.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const EVENTS = 100_000;

/** What a spreadsheet would run. */
const FORMULA = "=HYPERLINK(A1)";

/** Adds events of one request, by past the server, each at the end of the chain. */
function addEvents(requestId: string): void {
  stage().deployment.sql(
    `WITH RECURSIVE
       head AS (SELECT seq, at, hash FROM events ORDER BY seq DESC LIMIT 1),
       n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS})
     INSERT INTO events (seq, at, action, actor_type, ip, user_agent, success, details, request_id, previous_hash, hash)
     SELECT head.seq + i, head.at, 'failed_login', 'user', '203.0.113.9', ?, 0, '{"a":"two\\nlines"}', ?,
       CASE i WHEN 1 THEN head.hash ELSE 'h' || (i - 1) END, 'h' || i
     FROM n, head`,
    FORMULA,
    requestId,
  );
}

/** Exports as the page does; answers with the outcome and how far it said it was, each time. */
async function exportEvents(
  { page }: TestConsole,
  request: { readonly query: string; readonly format: "csv" | "ndjson" },
) {
  return await page.evaluate(async (request) => {
    const { postern } = globalThis as unknown as { postern: ExportVerb };
    const steps: number[] = [];
    const outcome = await postern.exportEvents(request, ({ events }) => steps.push(events));
    return { outcome, steps };
  }, request);
}

interface ExportVerb {
  exportEvents(
    request: unknown,
    onProgress: (progress: { readonly events: number }) => void,
  ): Promise<unknown>;
}

journey(
  "100 000 events are exported to a file, safe for a spreadsheet, and whole or not at all",
  async () => {
    await using paired = await pair(stage(), { role: "auditor" });
    const { console } = paired;
    addEvents("bulk");
    const folder = await mkdtemp(join(tmpdir(), "postern-export-"));
    const query = "ip:203.0.113.9";
    expect(await exportEvents(console, { query, format: "csv" })).toMatchObject({
      outcome: { ok: false, error: { code: "cancelled" } },
    });
    console.electron.savePath = join(folder, "events.csv");
    const { outcome, steps } = await exportEvents(console, { query, format: "csv" });
    expect(outcome).toMatchObject({ ok: true, data: { events: EVENTS, file: "events.csv" } });
    expect(steps.length).toBeGreaterThan(10);
    const csv = await readFile(join(folder, "events.csv"), "utf8");
    const rows = csv.trimEnd().split("\r\n");
    expect(rows).toHaveLength(EVENTS + 1);
    expect(rows.slice(1).every((row) => row.includes(`"'${FORMULA}"`))).toBe(true);
    console.electron.savePath = join(folder, "events.ndjson");
    const written = exportEvents(console, { query, format: "ndjson" });
    while (!(await readdir(folder)).includes("events.ndjson.part")) await Bun.sleep(1);
    await console.verb("cancelExport");
    expect(await written).toMatchObject({ outcome: { ok: false, error: { code: "cancelled" } } });
    expect(await readdir(folder)).toEqual(["events.csv"]);
    await rm(folder, { recursive: true });
  },
);

journey("a file that cannot be written is told of, and leaves nothing", async () => {
  await using paired = await pair(stage());
  const { console } = paired;
  console.electron.savePath = join(console.folder, "missing/events.csv");
  const { outcome } = await exportEvents(console, { query: "action:login", format: "csv" });
  expect(outcome).toMatchObject({ ok: false, error: { code: "internal" } });
  const wrong = await exportEvents(console, { query: "nonsense:x", format: "csv" });
  expect(wrong.outcome).toMatchObject({ ok: false });
});

journey("the page shows notices, copies, and picks its colours through main alone", async () => {
  await using console = await stage().console();
  await console.verb("notify", { title: "Attack", body: "40 failures a minute" });
  await console.verb("copy", "203.0.113.9");
  await console.verb("setTheme", "dark");
  const { electron } = console;
  expect(electron.notices).toEqual([{ title: "Attack", body: "40 failures a minute" }]);
  expect(electron.copied).toBe("203.0.113.9");
  expect(electron.nativeTheme.themeSource).toBe("dark");
  await console.restart();
  expect(console.electron.nativeTheme.themeSource).toBe("dark");
  expect(await console.verb("state")).toMatchObject({ theme: "dark" });
});
