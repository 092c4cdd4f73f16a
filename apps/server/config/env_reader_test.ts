import { expect, test } from "bun:test";
import { readConfig } from "../config.ts";
import { parseWholeNumber, shown, shownUrl, splitList } from "./env_reader.ts";

const CANARY = "canary5ecretValue";

test("readConfig() shows no secret, wherever it is wrong (secret in a log)", () => {
  const wrong = {
    SECRET_KEY: CANARY,
    DATABASE_URL: `mysql://root:${CANARY}@db/postern?authToken=${CANARY}`,
    REDIS_URL: `http://:${CANARY}@redis`,
    SMTP_URL: `https://user:${CANARY}@mail`,
    PUBLIC_URL: `https://user:${CANARY}@id.example.org`,
    ALLOWED_ORIGINS: `https://user:${CANARY}@app.example.org`,
    GOOGLE_CLIENT_ID: "id",
    GOOGLE_CLIENT_SECRET: `${CANARY} ${CANARY}`,
    GOOGLE_ISSUER: `https://user:${CANARY}@accounts.example`,
    OIDC_ACME_CLIENT_SECRET: CANARY,
  };
  const pasted = {
    DATABASE_URL: CANARY,
    REDIS_URL: CANARY,
    SMTP_URL: CANARY,
  };
  for (const env of [wrong, pasted]) {
    const config = readConfig(env);
    if (config.ok) throw new Error("Every one of these is wrong");
    const text = config.error.join("\n");
    expect(config.error.length).toBeGreaterThanOrEqual(Object.keys(env).length - 2);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(CANARY.slice(0, 8));
  }
});

test("readConfig() keeps each problem to one short line, whatever was found (forged log lines)", () => {
  const config = readConfig({
    PORT: `1\n{"level":"info","msg":"forged"}`,
    LOG_LEVEL: "x".repeat(10_000),
    ALLOWED_HOSTS: "\u001b[31mred\u0007",
  });
  if (config.ok) throw new Error("Every one of these is wrong");
  expect(config.error).toHaveLength(3);
  for (const problem of config.error) {
    expect(problem).not.toMatch(/\p{Cc}/u);
    expect(problem.length).toBeLessThan(300);
  }
});

test("shown() masks what stands before an @, and shortens", () => {
  expect(shown("redis://user:pw@host")).toBe('"redis:***@host"');
  expect(shown("user:pw@host")).toBe('"user:***@host"');
  expect(shown("plain")).toBe('"plain"');
  expect(shown("x".repeat(200))).toHaveLength(83);
});

test("shownUrl() masks the query, and all of what is no URL", () => {
  expect(shownUrl("libsql://host?authToken=x")).toBe('"libsql://host?***"');
  expect(shownUrl("hunter2")).toBe("7 characters (not shown)");
});

test("parseWholeNumber() takes plain digits alone", () => {
  expect(parseWholeNumber("0")).toBe(0);
  expect(parseWholeNumber("42")).toBe(42);
  for (const text of [
    "",
    "00",
    "01",
    "-1",
    "+1",
    "1.0",
    "1e3",
    "0x1",
    " 1",
    "1 ",
    "1_000",
    "9999999999",
  ]) {
    expect(parseWholeNumber(text)).toBeUndefined();
  }
});

test("splitList() drops blanks and empty entries", () => {
  expect(splitList(" a ,, b,")).toEqual(["a", "b"]);
  expect(splitList("")).toEqual([]);
});
