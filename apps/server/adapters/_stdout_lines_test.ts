import { expect, test } from "bun:test";
import { join } from "node:path";

const LOG = JSON.stringify(join(import.meta.dir, "log.ts"));

function shell(body: string, reader: string) {
  const program = `import { createLog } from ${LOG}; const log = createLog({ level: "info" }); ${body}`;
  return Bun.spawn(
    ["sh", "-c", `{ "$0" -e "$1"; echo "code $?" >&2; } | ${reader}`, process.execPath, program],
    {
      stdout: "pipe",
      stderr: "pipe",
    },
  );
}

test("every line that was said before close() arrives, though the process exits at once", async () => {
  const running = shell(
    'for (let i = 0; i < 5_000; i += 1) log.info("said", { i, pad: "word ".repeat(40) }); await log.close(); process.exit(3);',
    "{ sleep 0.3; cat; }",
  );
  const lines = (await new Response(running.stdout).text()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).i)).toEqual(
    Array.from({ length: 5_000 }, (_, i) => i),
  );
  expect(await new Response(running.stderr).text()).toBe("code 3\n");
});

test("a reader that goes away does not end the process (EPIPE)", async () => {
  const running = shell(
    'for (let i = 0; i < 20; i += 1) { log.info("said", { i }); await Bun.sleep(10); } await log.close(); process.exit(3);',
    "head -n 1",
  );
  expect((await new Response(running.stdout).text()).trim().split("\n")).toHaveLength(1);
  expect(await new Response(running.stderr).text()).toBe("code 3\n");
});

test("a reader that stalls costs lines, which are counted, and not memory", async () => {
  const running = shell(
    'const pad = "word ".repeat(200); for (let i = 0; i < 10_000; i += 1) log.info("said", { i, pad }); await log.close(); process.exit(3);',
    "{ sleep 0.3; cat; }",
  );
  const lines = (await new Response(running.stdout).text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const told = lines.find((line) => line.msg === "log lines left out");
  expect(told?.lines).toBeGreaterThan(1_000);
  expect(lines.length - 1 + told?.lines).toBe(10_000);
});
