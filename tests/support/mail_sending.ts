/**
 * What tests of the mail sender share: an outbox, a movable clock, servers, and senders between.
 *
 * @module
 */

import type { AddressInfo } from "node:net";
import type { Mail, Outbox, Sealer, SealingKey } from "@postern/auth";
import { random } from "@postern/server/adapters/crypto.ts";
import { createMailSender, type MailSender } from "@postern/server/adapters/mail_sender.ts";
import { createVault } from "@postern/server/adapters/vault.ts";
import { epochMs, hours } from "@postern/std";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { openTestOutbox, type TestOutbox } from "./libsql_outbox.ts";
import { type SmtpPeer, startSmtpPeer } from "./smtp_peer.ts";

const KEY = { id: "k1", bytes: new Uint8Array(32).fill(9) };
/** Stands in every link, and may stand nowhere else. */
export const TOKEN = "canary-token-5e4d3c2b1a";
/** A mail. */
export const MAIL: Mail = { kind: "verify_email", token: TOKEN, lifeMs: hours(24) };
const vault = createVault({ random });

const ends: (() => unknown)[] = [];

/** Does something when the test is over, the last first. */
export function atEnd(work: () => unknown): void {
  ends.push(work);
}

/** Ends what the test began. For `afterEach`. */
export async function cleanUp(): Promise<void> {
  for (const work of ends.splice(0).reverse()) await work();
}

/** Seals and opens under one key. */
function sealerOf(key: SealingKey): Sealer {
  return {
    seal: (context, text) => vault.seal(key, context, text),
    open: (context, sealed) => {
      const opened = vault.open((id) => (id === key.id ? key : undefined), context, sealed);
      return opened.ok ? opened.value : null;
    },
  };
}

/** Seals under a key that nobody else has. */
export const LOST_SEALER = sealerOf({ ...KEY, id: "lost" });

/** A clock that runs, and can be put forward. */
function movableClock() {
  let ahead = 0;
  return {
    now: () => epochMs(Date.now() + ahead),
    forward: (ms: number) => {
      ahead += ms;
    },
  };
}

interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An outbox, a clock, and senders over them whose log and counts are kept. */
export async function setUp() {
  const sealer = sealerOf(KEY);
  const outbox = await openTestOutbox(sealer);
  atEnd(outbox.close);
  const clock = movableClock();
  const lines: Line[] = [];
  const outcomes: string[] = [];
  const say =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      void lines.push({ level, message, fields });
  const log = {
    debug: say("debug"),
    info: say("info"),
    warn: say("warn"),
    error: say("error"),
    writes: () => true,
  };
  const sender = (smtpUrl: string | undefined, over: Outbox = outbox): MailSender => {
    const made = createMailSender({
      outbox: over,
      sealer,
      clock,
      random,
      log,
      metrics: { mail: (outcome) => void outcomes.push(outcome) },
      publicUrl: "https://id.example.com",
      mailFrom: "Postern <no-reply@id.example.com>",
      smtpUrl,
    });
    atEnd(() => made.stop(0));
    return made;
  };
  return { outbox, clock, lines, outcomes, sender };
}

/** A server that can be told to misbehave. */
export async function peer(): Promise<SmtpPeer> {
  const started = await startSmtpPeer();
  atEnd(started.close);
  return started;
}

/** A server with other manners than the peer's; its host and port. */
export async function serverWith(options: SMTPServerOptions): Promise<string> {
  const server = new SMTPServer({ disableReverseLookup: true, ...options });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(() => new Promise<void>((resolve) => server.close(resolve)));
  return `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

/** Waits until something is so. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Never so: ${holds}`);
    await Bun.sleep(10);
  }
}

/** Tells whether all mails are sent. */
export function isSent(outbox: TestOutbox): () => Promise<boolean> {
  return async () => (await outbox.rows()).every((row) => row.sentAt !== null);
}
