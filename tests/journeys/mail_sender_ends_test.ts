import { afterEach, describe, expect, test } from "bun:test";
import { MAIL_LEASE_MS, type Outbox } from "@postern/auth";
import type { SMTPServerSession } from "smtp-server";
import { cleanUp, isSent, MAIL, peer, serverWith, setUp, until } from "../support/mail_sending.ts";

afterEach(cleanUp);

/** Longer than any of these tests may take. */
const TOO_LONG_MS = 600_000;

/** Fails where something waits for what takes too long. */
async function inTime(work: Promise<unknown>): Promise<void> {
  const late = Bun.sleep(30_000).then(() => "late");
  expect(await Promise.race([work, late])).not.toBe("late");
}

/** Counts the calls that an outbox gets. */
function counted(outbox: Outbox) {
  const calls: string[] = [];
  const note =
    <Args extends unknown[], T>(name: string, work: (...args: Args) => T) =>
    (...args: Args): T => {
      calls.push(name);
      return work(...args);
    };
  const noted: Outbox = {
    claimDue: note("claimDue", outbox.claimDue),
    markSent: note("markSent", outbox.markSent),
    markFailed: note("markFailed", outbox.markFailed),
    markDead: note("markDead", outbox.markDead),
    nextDueAt: note("nextDueAt", outbox.nextDueAt),
    backlog: note("backlog", outbox.backlog),
  };
  return { calls, noted };
}

describe("stop()", () => {
  test("lets the mails on their way arrive, and takes no more", async () => {
    const { outbox, clock, sender } = await setUp();
    const smtp = await peer();
    smtp.behave("accept", 500);
    for (let index = 0; index < 10; index += 1) {
      await outbox.add(`user${index}@example.com`, MAIL, clock.now());
    }
    const running = sender(smtp.url);
    await until(() => smtp.offered() >= 4);
    await running.stop(60_000);
    const sent = (await outbox.rows()).filter(({ sentAt }) => sentAt !== null);
    const offered = smtp.offered();
    expect([sent.length, smtp.mails.length]).toEqual([offered, offered]);
    expect(offered).toBeLessThan(10);
    running.wake();
    // Another one takes what is left, all of it.
    const other = await peer();
    sender(other.url);
    await until(isSent(outbox));
    expect([smtp.offered(), other.offered()]).toEqual([offered, 10 - offered]);
  });

  test("cuts off at the deadline, and leaves the outbox alone after it", async () => {
    const { outbox, clock, sender } = await setUp();
    const smtp = await peer();
    smtp.behave("accept", TOO_LONG_MS);
    const id = await outbox.add("ana@example.com", MAIL, clock.now());
    const { calls, noted } = counted(outbox);
    const running = sender(smtp.url, noted);
    await until(() => smtp.offered() === 1);
    await inTime(running.stop(200));
    const row = await outbox.row(id);
    expect(row).toMatchObject({ sentAt: null, deadAt: null, errorClass: null });
    expect(row.dueAt).toBeGreaterThan(clock.now());
    const before = calls.length;
    // Another one sends it, once the time is over for which it was claimed.
    clock.forward(MAIL_LEASE_MS);
    sender((await peer()).url);
    await until(isSent(outbox));
    expect(calls.length).toBe(before);
  });

  test("of a sender with nothing to do ends at once, and twice is as good as once", async () => {
    const { outbox, sender } = await setUp();
    const { calls, noted } = counted(outbox);
    const running = sender("smtp://127.0.0.1:1", noted);
    await until(() => calls.length > 0);
    await inTime(Promise.all([running.stop(TOO_LONG_MS), running.stop(TOO_LONG_MS)]));
  });
});

test("without an SMTP_URL nothing is taken from the outbox", async () => {
  const { outbox, clock, sender } = await setUp();
  const id = await outbox.add("ana@example.com", MAIL, clock.now());
  const { calls, noted } = counted(outbox);
  const running = sender(undefined, noted);
  running.wake();
  await Bun.sleep(100);
  await running.stop(100);
  expect(calls).toEqual([]);
  expect(await outbox.row(id)).toMatchObject({ attempts: 0, sentAt: null });
  expect(await outbox.backlog()).toMatchObject({ waiting: 1 });
});

test("a sender with nothing to do costs one look at the outbox, and no write", async () => {
  const { outbox, sender } = await setUp();
  const { calls, noted } = counted(outbox);
  sender("smtp://127.0.0.1:1", noted);
  await until(() => calls.length > 0);
  await Bun.sleep(500);
  expect(calls).toEqual(["nextDueAt"]);
});

test("an outbox that cannot be read is read again, and does not end the sender", async () => {
  const { outbox, clock, lines, sender } = await setUp();
  const smtp = await peer();
  let failures = 1;
  const flaky: Outbox = {
    ...outbox,
    nextDueAt: () => {
      failures -= 1;
      return failures < 0 ? outbox.nextDueAt() : Promise.reject(new Error("SQLITE_BUSY"));
    },
  };
  await outbox.add("ana@example.com", MAIL, clock.now());
  sender(smtp.url, flaky);
  await until(isSent(outbox));
  expect(lines.find(({ level }) => level === "error")?.message).toBe("Cannot read the outbox");
});

test("woken at each of many mails in a row, it loses none", async () => {
  const { outbox, clock, sender } = await setUp();
  const smtp = await peer();
  const running = sender(smtp.url);
  for (let index = 0; index < 80; index += 1) {
    await outbox.add(`user${index}@example.com`, MAIL, clock.now());
    running.wake();
    await Bun.sleep(index % 5);
  }
  await until(isSent(outbox));
  expect(smtp.mails).toHaveLength(80);
});

test.each([
  ["a comma", "ana,eve@example.com", ["example.com"]],
  ["an angle bracket", "ana> <eve@example.com", undefined],
  ["a quote", 'ana"eve@example.com', ["example.com"]],
  ["a line end", "ana@example.com\r\nRCPT TO:<eve@example.org", undefined],
  ["a group", "friends: ana@example.com;", undefined],
  ["another address", "ana@example.com, eve@example.org", undefined],
])(
  "an address with %s names one recipient at most (header and command injection)",
  async (...[_name, to, hosts]) => {
    const { outbox, clock, outcomes, sender } = await setUp();
    const smtp = await peer();
    await outbox.add(to, MAIL, clock.now());
    sender(smtp.url);
    await until(() => outcomes.length === 1);
    const recipients = smtp.mails.flatMap((mail) => mail.to);
    expect(recipients.length).toBeLessThanOrEqual(1);
    expect(smtp.mails.every(({ raw }) => (raw.match(/^(to|cc|bcc):/gim) ?? []).length === 1)).toBe(
      true,
    );
    if (hosts !== undefined)
      expect(recipients.map((one) => one.slice(one.lastIndexOf("@") + 1))).toEqual(hosts);
  },
);

describe("TLS", () => {
  async function tlsServer(secure: boolean) {
    const sessions: SMTPServerSession[] = [];
    const at = await serverWith({
      secure,
      authOptional: true,
      onData: (stream, session, answer) => {
        sessions.push(session);
        stream.resume();
        stream.on("end", () => answer());
      },
    });
    return { at, sessions };
  }

  test.each([
    ["smtp", false],
    ["smtps", true],
  ])("is used over %s: where the certificate is trusted", async (scheme, secure) => {
    const { outbox, clock, sender } = await setUp();
    const { at, sessions } = await tlsServer(secure);
    await outbox.add("ana@example.com", MAIL, clock.now());
    sender(`${scheme}://${at}?tls.rejectUnauthorized=false`);
    await until(isSent(outbox));
    expect(sessions.map((session) => session.secure)).toEqual([true]);
  });

  test.each([
    ["smtp", false],
    ["smtps", true],
  ])("over %s: refuses a certificate that nobody vouches for", async (scheme, secure) => {
    const { outbox, clock, lines, outcomes, sender } = await setUp();
    const { at, sessions } = await tlsServer(secure);
    const id = await outbox.add("ana@example.com", MAIL, clock.now());
    sender(`${scheme}://${at}`);
    await until(() => outcomes.length === 1);
    await until(async () => (await outbox.row(id)).errorClass !== null);
    expect(outcomes).toEqual(["failed"]);
    expect(lines[0]?.fields["reason"]).toMatch(/certificate/);
    expect(sessions).toEqual([]);
  });

  test("can be demanded: nothing is sent to a server that does not offer it", async () => {
    const { outbox, clock, outcomes, sender } = await setUp();
    const smtp = await peer();
    await outbox.add("ana@example.com", MAIL, clock.now());
    sender(`${smtp.url}?requireTLS=true`);
    await until(() => outcomes.length === 1);
    expect(outcomes).toEqual(["failed"]);
    expect(smtp.offered()).toBe(0);
  });
});
