import { afterEach, beforeEach, expect, test } from "bun:test";
import { type LoopbackListener, openLoopback } from "./loopback_listener.ts";

const ISSUER = "https://auth.example.com";
const GOOD = { state: "kept as it is", iss: ISSUER, code: "secret" };

let listener: LoopbackListener;

beforeEach(async () => {
  listener = await openLoopback({ state: GOOD.state, issuer: ISSUER });
});

afterEach(() => listener.close());

function bring(fields: Readonly<Record<string, string>>, init: RequestInit = {}) {
  return fetch(`${listener.redirectUri}?${new URLSearchParams(fields)}`, init);
}

test("openLoopback() waits at 127.0.0.1 for one answer, and shows nothing of it", async () => {
  expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:[0-9]+\/callback$/);
  const shown = await bring(GOOD);
  const text = await shown.text();
  expect(text).toContain("Return to the console");
  expect(text).not.toContain("secret");
  expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(shown.headers.get("cache-control")).toBe("no-store");
  expect(await listener.answer).toEqual({ ok: true, data: "secret" });
  expect((await bring({ ...GOOD, code: "another" })).status).toBe(404);
});

test("openLoopback() goes on waiting where what comes is not the answer (forged callback)", async () => {
  const { state: _state, ...stateless } = GOOD;
  const other = listener.redirectUri.replace("/callback", "/other");
  const port = new URL(listener.redirectUri).port;
  const refused = [
    await bring({ ...GOOD, state: "another" }),
    await bring(stateless),
    await fetch(`${listener.redirectUri}?${new URLSearchParams(GOOD)}&state=x`),
    await bring(GOOD, { method: "POST" }),
    await bring(GOOD, { headers: { Host: `evil.example:${port}` } }),
    await fetch(`${other}?${new URLSearchParams(GOOD)}`),
  ];
  expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
  await bring(GOOD);
  expect((await listener.answer).ok).toBe(true);
});

test("openLoopback() believes no other issuer, and none that is not named (mix-up)", async () => {
  await bring({ ...GOOD, iss: "https://evil.example" });
  expect(await listener.answer).toMatchObject({ ok: false, error: { code: "bad_server" } });
});

test("openLoopback() tells of a refusal, and of an answer without a code", async () => {
  const { code: _code, ...codeless } = GOOD;
  await bring({ ...codeless, error: "access_denied" });
  expect(await listener.answer).toMatchObject({ ok: false, error: { code: "access_denied" } });
  const second = await openLoopback({ state: GOOD.state, issuer: ISSUER });
  await fetch(`${second.redirectUri}?${new URLSearchParams(codeless)}`);
  expect(await second.answer).toMatchObject({ ok: false, error: { code: "bad_answer" } });
  second.close();
});
