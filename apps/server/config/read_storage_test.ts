import { expect, test } from "bun:test";
import { createEnvReader, type Env } from "./env_reader.ts";
import { readMail } from "./read_mail.ts";
import { readDatabase, readRedisUrl } from "./read_storage.ts";

function storage(env: Env) {
  const reader = createEnvReader(env);
  return {
    database: readDatabase(reader),
    redisUrl: readRedisUrl(reader),
    mail: readMail(reader),
    problems: reader.problems,
  };
}

test.each([
  "file:./data/postern.db",
  "file:/var/lib/postern/postern.db",
  "file:///var/lib/postern/postern.db",
  "file:postern.db",
  "libsql://db.example.org",
  "https://db.example.org",
  "http://127.0.0.1:8080",
  "libsql://db.example.org?tls=0",
])("readDatabase() takes %p", (DATABASE_URL) => {
  const { database, problems } = storage({ DATABASE_URL, DATABASE_AUTH_TOKEN: "token" });
  expect(problems).toEqual([]);
  expect(database).toEqual({ url: DATABASE_URL, authToken: "token" });
});

test.each([
  ":memory:",
  "file::memory:",
  "file::memory:?cache=shared",
  "file:x?mode=memory",
  "file:",
  "file://",
  "file:///",
  "./data/postern.db",
  "postgres://db.example.org/postern",
  "sqlite://x",
  "ws://db.example.org",
  "libsql://",
  "libsql:db",
  "https://",
])("readDatabase() refuses %p", (DATABASE_URL) => {
  const { problems } = storage({ DATABASE_URL });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toStartWith("DATABASE_URL: found ");
});

test("readRedisUrl() takes both schemes and no other", () => {
  expect(storage({ REDIS_URL: "redis://:pw@127.0.0.1:6379/1" })).toMatchObject({
    redisUrl: "redis://:pw@127.0.0.1:6379/1",
    problems: [],
  });
  expect(storage({ REDIS_URL: "rediss://redis.example.org" }).problems).toEqual([]);
  const malformed = [
    "127.0.0.1:6379",
    "http://redis",
    "redis:",
    "redis://",
    "redis",
    "redis://:canary@redis:port",
    "redis://:canary@redis:70000",
    "redis://:canary@redis/name",
    "redis://:canary@redis/1/2",
    "redis://:canary@redis?db=1",
    "redis://:canary@redis#1",
    "rediss://:can#ary@redis",
    "redis+unix:///run/redis.sock",
  ];
  for (const REDIS_URL of malformed) {
    const { redisUrl, problems } = storage({ REDIS_URL });
    expect([redisUrl, problems]).toEqual([undefined, [expect.stringMatching(/^REDIS_URL: /)]]);
    expect(problems.join()).not.toContain("canary");
  }
});

test.each([
  "smtp://127.0.0.1:2525",
  "smtps://user:pw@mail.example.org",
  "smtp://mail.example.org:587/?pool=true",
])("readMail() takes the server %p", (SMTP_URL) => {
  expect(storage({ SMTP_URL })).toMatchObject({ mail: { smtpUrl: SMTP_URL }, problems: [] });
});

test.each([
  "mail.example.org",
  "mail.example.org:587",
  "http://mail.example.org",
  "smtp://",
  "smtp:mail",
])("readMail() refuses the server %p", (SMTP_URL) => {
  expect(storage({ SMTP_URL }).problems).toHaveLength(1);
});

test.each([
  "postern@localhost",
  "no-reply@id.example.org",
  "Postern <no-reply@id.example.org>",
  "Büro <a+b@c.d>",
])("readMail() takes the sender %p", (MAIL_FROM) => {
  expect(storage({ MAIL_FROM })).toMatchObject({ mail: { mailFrom: MAIL_FROM }, problems: [] });
});

test.each([
  "postern",
  "@localhost",
  "a@",
  "a@b@c",
  "a b@c",
  "a@b, c@d",
  "A <a@b>, B <c@d>",
  "A <a@b",
  "A <>",
  "a@b\r\nBcc: c@d",
  "A\r\nBcc: c@d <a@b>",
  "A\u0000 <a@b>",
  `${"a".repeat(65)}@b`,
  `${"a".repeat(400)} <a@b>`,
])("readMail() refuses the sender %p (header injection)", (MAIL_FROM) => {
  const { problems } = storage({ MAIL_FROM });
  expect(problems).toHaveLength(1);
  expect(problems[0]).not.toInclude("\n");
});
