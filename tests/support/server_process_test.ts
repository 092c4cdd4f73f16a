import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { findFreePort, makeServerFolder, runServerToEnd, startServer } from "./server_process.ts";

/** Stands in for the server: logs, listens, and stops as it promises to. */
const STAND_IN = `
  if (process.env.FAIL) { console.error("PORT: found", process.env.FAIL); process.exit(2); }
  const server = Bun.serve({ port: Number(process.env.PORT), hostname: "127.0.0.1", fetch: () => {
    console.log(JSON.stringify({ level: "info", msg: "asked" }));
    return Response.json({ cwd: process.cwd(), env: process.env });
  } });
  process.on("SIGTERM", () => { console.log("bye"); process.exit(0); });
  console.log("not JSON");
  console.log(JSON.stringify({ level: "info", msg: "listening", url: server.url, public_url: "http://localhost" }));
`;

let folder: string;
let script: string;

beforeAll(async () => {
  folder = await makeServerFolder();
  script = join(folder, "stand_in.ts");
  await Bun.write(script, STAND_IN);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("startServer() gives a server its own folder and environment", async () => {
  process.env["POSTERN_LEAK"] = "seen";
  const server = await startServer({ script, env: { LOG_LEVEL: "debug" } });
  const { cwd, env } = (await (await fetch(server.url)).json()) as {
    cwd: string;
    env: Record<string, string>;
  };
  expect(cwd).toBe(server.folder);
  expect(env).toMatchObject({ PORT: "0", LOG_LEVEL: "debug" });
  expect(env["POSTERN_LEAK"]).toBeUndefined();
  expect(server.publicUrl).toBe("http://localhost");
  expect(await server.stop()).toBe(0);
  expect(server.output()).toContain("bye");
  expect(existsSync(server.folder)).toBe(false);
});

test("log() finds past lines and waits for coming ones", async () => {
  const server = await startServer({ script });
  expect((await server.log(({ msg }) => msg === "listening")).level).toBe("info");
  const asked = server.log(({ msg }) => msg === "asked");
  await fetch(server.url);
  expect(await asked).toEqual({ level: "info", msg: "asked" });
  expect(server.logs().map(({ msg }) => msg)).toEqual(["listening", "asked"]);
  await expect(server.log(() => false, 20)).rejects.toThrow("Waited 20 ms");
  await server.kill9();
});

test("kill9() leaves a folder that was given, for the next server on the same port", async () => {
  const env = { PORT: String(await findFreePort()) };
  const first = await startServer({ script, folder, env });
  await first.kill9();
  const second = await startServer({ script, folder, env });
  expect(second.url).toBe(first.url);
  expect(second.pid).not.toBe(first.pid);
  await second.stop();
  expect(existsSync(script)).toBe(true);
});

test("startServer() tells why a server did not start", async () => {
  const failing = startServer({ script, env: { FAIL: "moon" } });
  await expect(failing).rejects.toThrow("ended with 2 before it listened:\nPORT: found moon");
});

test("runServerToEnd() answers the exit code and both streams", async () => {
  const end = await runServerToEnd({ script, env: { FAIL: "moon" } });
  expect(end).toEqual({ exitCode: 2, stdout: "", stderr: "PORT: found moon\n" });
});
