import { afterEach, describe, expect, test } from "bun:test";
import { MAIL_LEASE_MS, type Mail, type Outbox } from "@postern/auth";
import { minutes, seconds } from "@postern/std";
import type { SMTPServerOptions } from "smtp-server";
import { openTestOutbox } from "../support/libsql_outbox.ts";
import {
  atEnd,
  cleanUp,
  isSent,
  LOST_SEALER,
  MAIL,
  peer,
  serverWith,
  setUp,
  TOKEN,
  until,
} from "../support/mail_sending.ts";

afterEach(cleanUp);

test("a mail that is written goes out as soon as the sender is woken, whole and in both forms", async () => {
  const { outbox, clock, sender, outcomes } = await setUp();
  const smtp = await peer();
  const running = sender(smtp.url);
  await Bun.sleep(100);
  const id = await outbox.add("Ana.Lopez@example.com", MAIL, clock.now());
  running.wake();
  // By itself the sender would look again after 30 s.
  const mail = await smtp.next("Ana.Lopez@example.com", seconds(25));
  expect(mail.from).toBe("no-reply@id.example.com");
  expect(mail.subject).toBe("Confirm your email address for id.example.com");
  expect(mail.text).toContain(`https://id.example.com/verify-email#token=${TOKEN}`);
  expect(mail.html).toContain(`href="https://id.example.com/verify-email#token=${TOKEN}"`);
  expect(mail.headers.get("message-id")).toBe(`<${id}@id.example.com>`);
  expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
  await until(isSent(outbox));
  expect(await outbox.row(id)).toMatchObject({ sealed: null, attempts: 1, deadAt: null });
  expect(outcomes).toEqual(["sent"]);
});

test("what waits from before goes out when the sender starts", async () => {
  const { outbox, clock, sender } = await setUp();
  const smtp = await peer();
  for (const name of ["a", "b", "c", "d", "e", "f", "g"]) {
    await outbox.add(`${name}@example.com`, MAIL, clock.now());
  }
  sender(smtp.url);
  await until(isSent(outbox));
  expect(smtp.mails.map(({ to }) => to[0]).sort()).toEqual(
    ["a", "b", "c", "d", "e", "f", "g"].map((name) => `${name}@example.com`),
  );
});

test("senders that share an outbox send each mail once", async () => {
  const { outbox, clock, sender } = await setUp();
  const smtp = await peer();
  for (let index = 0; index < 60; index += 1) {
    await outbox.add(`user${index}@example.com`, MAIL, clock.now());
  }
  for (let index = 0; index < 3; index += 1) sender(smtp.url, await outbox.connect());
  await until(isSent(outbox));
  expect(smtp.mails).toHaveLength(60);
  expect(new Set(smtp.mails.map(({ to }) => to[0])).size).toBe(60);
  expect((await outbox.rows()).every(({ attempts }) => attempts === 1)).toBe(true);
});

test("a mail that is refused for now is tried again later, under the same Message-ID", async () => {
  const { outbox, clock, lines, outcomes, sender } = await setUp();
  const smtp = await peer();
  smtp.behave("defer");
  const id = await outbox.add("ana@example.com", MAIL, clock.now());
  const running = sender(smtp.url);
  await until(() => outcomes.length === 1);
  await until(async () => (await outbox.row(id)).errorClass !== null);
  const { dueAt, errorClass } = await outbox.row(id);
  expect(errorClass).toBe("smtp_451");
  expect(dueAt - clock.now()).toBeGreaterThan(seconds(25));
  expect(dueAt - clock.now()).toBeLessThan(seconds(61));
  expect(lines.map(({ level }) => level)).toEqual(["warn"]);

  smtp.behave("accept");
  running.wake();
  await Bun.sleep(100);
  expect(smtp.mails).toHaveLength(0);
  clock.forward(seconds(61));
  running.wake();
  const mail = await smtp.next("ana@example.com");
  expect(mail.headers.get("message-id")).toBe(`<${id}@id.example.com>`);
  await until(() => outcomes.length === 2);
  expect(outcomes).toEqual(["failed", "sent"]);
});

test("a mail that is refused for good is given up at once, and no log line tells whom it was for", async () => {
  const { outbox, clock, lines, outcomes, sender } = await setUp();
  const smtp = await peer();
  smtp.behave("refuse");
  const id = await outbox.add("ana.canary@example.com", MAIL, clock.now());
  sender(smtp.url);
  await until(async () => (await outbox.row(id)).deadAt !== null);
  expect(await outbox.row(id)).toMatchObject({ sealed: null, errorClass: "smtp_550", attempts: 1 });
  expect(outcomes).toEqual(["dead"]);
  expect(lines).toEqual([
    {
      level: "error",
      message: "mail given up",
      fields: {
        mail_id: id,
        attempt: 1,
        kind: "verify_email",
        to_host: "example.com",
        error_class: "smtp_550",
        reason: "550 No such mailbox here",
      },
    },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/canary/);
});

describe("which refusals are final", () => {
  const refusal = (code: number, text: string) =>
    Object.assign(new Error(`${text} <ana.canary@example.com>`), { responseCode: code });
  test.each([
    [
      "of the mail itself",
      true,
      "smtp_554",
      {
        onData: (stream, _session, answer) => {
          stream.resume();
          stream.on("end", () => answer(refusal(554, "Spam")));
        },
      },
    ],
    [
      "of the sender",
      false,
      "smtp_553",
      { onMailFrom: (_address, _session, answer) => answer(refusal(553, "Not yours")) },
    ],
    [
      "of the connection",
      false,
      "smtp_554",
      { onConnect: (_session, answer) => answer(refusal(554, "Go away")) },
    ],
    [
      "of the login",
      false,
      "smtp_535",
      { authOptional: false, onAuth: (_auth, _session, answer) => answer(refusal(535, "Who?")) },
    ],
    [
      "of a missing login",
      false,
      "smtp_530",
      { authOptional: false, disabledCommands: ["STARTTLS"] },
    ],
  ] as const satisfies readonly (readonly [string, boolean, string, SMTPServerOptions])[])(
    "%s",
    async (...[name, isFinal, errorClass, options]) => {
      const { outbox, clock, lines, outcomes, sender } = await setUp();
      const at = await serverWith({
        authOptional: true,
        hideSTARTTLS: true,
        allowInsecureAuth: true,
        ...options,
      });
      const id = await outbox.add("ana.canary@example.com", MAIL, clock.now());
      sender(name === "of the login" ? `smtp://user:pass-canary@${at}` : `smtp://${at}`);
      await until(() => outcomes.length === 1);
      await until(async () => (await outbox.row(id)).errorClass !== null);
      expect(outcomes).toEqual([isFinal ? "dead" : "failed"]);
      expect((await outbox.row(id)).errorClass).toBe(errorClass);
      expect(JSON.stringify(lines)).not.toContain("canary");
    },
  );
});

describe("what is not sent is tried until it is of no use", () => {
  test("a server that is down costs a retry, not the mail", async () => {
    const { outbox, clock, outcomes, sender } = await setUp();
    const id = await outbox.add("ana@example.com", MAIL, clock.now());
    sender("smtp://127.0.0.1:1");
    await until(async () => (await outbox.row(id)).errorClass === "connection");
    expect(outcomes).toEqual(["failed"]);
  });

  test("a mail whose link has run out meanwhile is given up without being sent", async () => {
    const { outbox, clock, sender } = await setUp();
    const smtp = await peer();
    const reset: Mail = {
      kind: "reset_password",
      username: "ana",
      token: TOKEN,
      lifeMs: minutes(30),
    };
    const id = await outbox.add("ana@example.com", reset, clock.now());
    clock.forward(minutes(30));
    sender(smtp.url);
    await until(async () => (await outbox.row(id)).deadAt !== null);
    expect((await outbox.row(id)).errorClass).toBe("expired");
    expect(smtp.offered()).toBe(0);
  });

  test("a mail that does not open stays, for a key that may come back", async () => {
    const { outbox, clock, sender } = await setUp();
    const smtp = await peer();
    const other = await openTestOutbox(LOST_SEALER);

    atEnd(other.close);
    const id = await other.add("ana@example.com", MAIL, clock.now());
    sender(smtp.url, other);
    await until(async () => (await other.row(id)).errorClass === "unreadable");
    expect((await other.row(id)).sealed).toStartWith("v1.lost.");
    expect(await outbox.rows()).toEqual([]);
  });
});

describe("after a crash", () => {
  test("a mail that a dead instance had claimed goes out when its lease ends", async () => {
    const { outbox, clock, sender } = await setUp();
    const smtp = await peer();
    await outbox.add("ana@example.com", MAIL, clock.now());
    expect(await outbox.claimDue(1, clock.now(), MAIL_LEASE_MS)).toHaveLength(1);
    const running = sender(smtp.url);
    await Bun.sleep(150);
    expect(smtp.offered()).toBe(0);
    clock.forward(MAIL_LEASE_MS);
    running.wake();
    await smtp.next("ana@example.com");
    await until(isSent(outbox));
  });

  test("a mail that was taken but not marked goes out again as the same mail", async () => {
    const { outbox, clock, outcomes, sender } = await setUp();
    const smtp = await peer();
    await outbox.add("ana@example.com", MAIL, clock.now());
    const forgetful: Outbox = { ...outbox, markSent: () => Promise.reject(new Error("gone")) };
    const first = sender(smtp.url, forgetful);
    await until(() => outcomes.length === 1);
    await first.stop(0);
    clock.forward(MAIL_LEASE_MS);
    sender(smtp.url);
    await until(isSent(outbox));
    const ids = smtp.mails.map(({ headers }) => headers.get("message-id"));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });

  test("a mail whose connection broke after it was taken is not lost", async () => {
    const { outbox, clock, outcomes, sender } = await setUp();
    const smtp = await peer();
    smtp.behave("drop_after_data");
    const id = await outbox.add("ana@example.com", MAIL, clock.now());
    const running = sender(smtp.url);
    await until(async () => (await outbox.row(id)).errorClass !== null);
    smtp.behave("accept");
    clock.forward(seconds(61));
    running.wake();
    await until(isSent(outbox));
    expect(outcomes).toEqual(["failed", "sent"]);
  });

  test("a failure that comes after the lease does not undo the next claim", async () => {
    const { outbox, clock } = await setUp();
    const id = await outbox.add("ana@example.com", MAIL, clock.now());
    const [first] = await outbox.claimDue(1, clock.now(), MAIL_LEASE_MS);
    clock.forward(MAIL_LEASE_MS);
    const [second] = await outbox.claimDue(1, clock.now(), MAIL_LEASE_MS);
    if (first === undefined || second === undefined) throw new Error("Nothing was claimed");
    await outbox.markFailed(first, clock.now(), "timeout");
    expect((await outbox.row(id)).dueAt).toBeGreaterThan(clock.now());
    await outbox.markDead(first, clock.now(), "timeout");
    expect((await outbox.row(id)).deadAt).toBeNull();
  });
});
