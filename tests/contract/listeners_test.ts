import { expect, test } from "bun:test";
import { rm } from "node:fs/promises";
import { requestHead, sendRaw } from "../support/raw_http.ts";
import { findFreePort, makeServerFolder, startServer } from "../support/server_process.ts";

test("the host of ADMIN_LISTEN is allowed on that listener alone, and others on both", async () => {
  const port = await findFreePort();
  const env = { ADMIN_LISTEN: `127.0.0.2:${port}`, ALLOWED_HOSTS: "id.example" };
  const server = await startServer({ env });
  const statusOf = async (url: string, host: string) =>
    (await sendRaw(url, requestHead("GET /healthz HTTP/1.1", `Host: ${host}`))).status;
  try {
    const admin = `http://127.0.0.2:${port}`;
    expect(await statusOf(admin, `127.0.0.2:${port}`)).toBe(200);
    expect(await statusOf(server.url, `127.0.0.2:${port}`)).toBe(421);
    for (const url of [admin, server.url]) {
      expect(await statusOf(url, "id.example")).toBe(200);
      expect(await statusOf(url, "evil.example")).toBe(421);
    }
  } finally {
    await server.stop();
  }
}, 180_000);

test("while the server starts it is 503 busy with every header, to requests that are for it", async () => {
  const folder = await makeServerFolder();
  await (await startServer({ folder })).stop();
  const { Database } = await import("bun:sqlite");
  const database = new Database(`${folder}/data/postern.db`);
  database.run("BEGIN EXCLUSIVE");
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const starting = startServer({ folder, env: { PORT: String(port) } });
  try {
    const answer = await firstAnswer(`${url}/api/v1/auth/me`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "busy", status: 503 });
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    const foreign = requestHead("GET /healthz HTTP/1.1", "Host: evil.example");
    expect((await sendRaw(url, foreign)).status).toBe(421);
  } finally {
    database.run("ROLLBACK");
    database.close();
    await (await starting).stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 180_000);

/** Asks until somebody answers. */
async function firstAnswer(url: string): Promise<Response> {
  while (true) {
    try {
      return await fetch(url);
    } catch {
      await Bun.sleep(5);
    }
  }
}
