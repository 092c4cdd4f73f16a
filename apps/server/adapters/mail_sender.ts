/**
 * Sends what waits in the outbox, each mail by one instance and, but for a crash, once.
 *
 * A row is claimed for longer than sending can take. Who dies with a claimed row loses the claim; the
 * mail then goes out again under the same Message-ID. Between mails it sleeps until the next is due.
 *
 * @module
 */

import {
  type ClaimedMail,
  type Letter,
  letterContext,
  MAIL_LEASE_MS,
  nextAttemptAt,
  type Outbox,
  renderMail,
  type Sealer,
  unpackLetter,
} from "@postern/auth";
import { type Clock, err, type Random, type Result } from "@postern/std";
import type { Log, LogFields } from "../log_port.ts";
import type { Metrics } from "../metrics_port.ts";
import { createBell } from "./_bell.ts";
import { createSmtp, type SendError, SMTP_CONNECTIONS, type Smtp } from "./_smtp.ts";

/** What sending needs. */
export interface MailSenderDeps {
  readonly outbox: Outbox;
  readonly sealer: Pick<Sealer, "open">;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "mail">;
  readonly publicUrl: string;
  readonly mailFrom: string;
  /** Left out: nothing is sent, and mails stay in the outbox. */
  readonly smtpUrl?: string | undefined;
}

/** Sends mails by itself until it is stopped. */
export interface MailSender {
  /** Says that a mail was written, so that it goes out now. Costs nothing. */
  wake(): void;
  /**
   * Takes no more mails, lets those on their way arrive, and cuts them off at the deadline.
   *
   * Once it resolves the outbox is left alone. What was cut off is tried again when its lease ends.
   */
  stop(deadlineMs: number): Promise<void>;
}

/** How often the outbox is looked at if nothing is due: another instance may have died with a mail. */
const LOOK_AGAIN_MS = 30_000;

/** Wait after an outbox that could not be read, or a due row that another instance took. */
const OUTBOX_RETRY_MS = 1_000;

/** How often it is tried to mark a mail as sent. If none succeeds, it is sent twice. */
const MARK_ATTEMPTS = 5;

/** Makes a sender, which starts at once. */
export function createMailSender(deps: MailSenderDeps): MailSender {
  if (deps.smtpUrl === undefined) {
    return { wake: () => undefined, stop: () => Promise.resolve() };
  }
  const host = new URL(deps.publicUrl).hostname;
  const smtp = createSmtp({ url: deps.smtpUrl, from: deps.mailFrom, host });
  const cutOff = new AbortController();
  const bell = createBell();
  const onTheirWay = new Set<Promise<void>>();
  let isStopping = false;

  function start(claim: ClaimedMail): void {
    const delivery = deliver({ ...deps, smtp, signal: cutOff.signal }, claim).finally(() => {
      onTheirWay.delete(delivery);
      bell.ring();
    });
    onTheirWay.add(delivery);
  }

  /** Starts what is due, and tells how long there is nothing to do. */
  async function startDue(): Promise<number> {
    const due = await deps.outbox.nextDueAt();
    const now = deps.clock.now();
    if (due === null) return LOOK_AGAIN_MS;
    if (due > now) return Math.min(due - now, LOOK_AGAIN_MS);
    const free = SMTP_CONNECTIONS - onTheirWay.size;
    if (free === 0) return LOOK_AGAIN_MS;
    const claims = await deps.outbox.claimDue(free, now, MAIL_LEASE_MS);
    for (const claim of claims) start(claim);
    return claims.length > 0 ? 0 : OUTBOX_RETRY_MS;
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      bell.hush();
      await bell.pause(await startDue().catch((error: unknown) => outboxFailed(deps.log, error)));
    }
  }

  const running = run();
  return {
    wake: bell.ring,
    stop: async (deadlineMs) => {
      isStopping = true;
      bell.ring();
      const timer = setTimeout(() => cutOff.abort(), deadlineMs);
      await running;
      await Promise.all(onTheirWay);
      clearTimeout(timer);
      smtp.close();
    },
  };
}

interface Delivery extends MailSenderDeps {
  readonly smtp: Smtp;
  /** Aborted where the sender cannot wait any longer. */
  readonly signal: AbortSignal;
}

/** Tries once to send a mail, and notes how that went. Never rejects. */
async function deliver(deps: Delivery, claim: ClaimedMail): Promise<void> {
  try {
    const letter = openLetter(deps.sealer, claim);
    const about = aboutOf(claim, letter);
    const sent = letter.ok ? await send(deps, claim, letter.value) : letter;
    if (sent.ok) return await markSent(deps, claim, about);
    if (!deps.signal.aborted) await markFailed(deps, claim, { ...sent.error, about });
  } catch (error) {
    // The row comes back when its lease ends.
    deps.log.error("Cannot handle a mail", { mail_id: claim.id, error });
  }
}

function openLetter(sealer: Pick<Sealer, "open">, claim: ClaimedMail): Result<Letter, SendError> {
  const packed = sealer.open(letterContext(claim.id), claim.sealed);
  const letter = packed === null ? undefined : unpackLetter(packed);
  if (letter?.ok) return letter;
  // Not for good: a key may be restored, and a newer version may know the letter.
  return err({ isPermanent: false, errorClass: "unreadable", reason: "" });
}

async function send(
  deps: Delivery,
  claim: ClaimedMail,
  letter: Letter,
): Promise<Result<null, SendError>> {
  if (deps.clock.now() >= claim.giveUpAt) {
    return err({ isPermanent: true, errorClass: "expired", reason: "" });
  }
  const content = renderMail(letter.mail, deps.publicUrl);
  const { id, createdAt } = claim;
  return await deps.smtp.send({ id, createdAt, to: letter.to, content }, deps.signal);
}

/** What the log may tell of a mail: not to whom it goes, only to which host. */
function aboutOf(claim: ClaimedMail, letter: Result<Letter, SendError>): LogFields {
  const about = { mail_id: claim.id, attempt: claim.attempt };
  if (!letter.ok) return about;
  const { to, mail } = letter.value;
  return { ...about, kind: mail.kind, to_host: to.slice(to.lastIndexOf("@") + 1) };
}

/** A mail that is sent and not marked would be sent again, so this is tried for some seconds. */
async function markSent(deps: Delivery, claim: ClaimedMail, about: LogFields): Promise<void> {
  deps.metrics.mail("sent");
  deps.log.debug("mail sent", about);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deps.outbox.markSent(claim, deps.clock.now());
    } catch (error) {
      if (attempt === MARK_ATTEMPTS || deps.signal.aborted) throw error;
      await Bun.sleep(OUTBOX_RETRY_MS);
    }
  }
}

async function markFailed(
  deps: Delivery,
  claim: ClaimedMail,
  failure: SendError & { readonly about: LogFields },
): Promise<void> {
  const now = deps.clock.now();
  const { isPermanent, errorClass, reason, about } = failure;
  const next = isPermanent ? undefined : nextAttemptAt(claim, now, chance(deps.random));
  const fields = { ...about, error_class: errorClass, reason };
  if (next === undefined) {
    deps.metrics.mail("dead");
    deps.log.error("mail given up", fields);
    await deps.outbox.markDead(claim, now, errorClass);
    return;
  }
  deps.metrics.mail("failed");
  deps.log.warn("mail not sent", { ...fields, retry_in_ms: next - now });
  await deps.outbox.markFailed(claim, next, errorClass);
}

/** From 0 up to, but not including, 1. */
function chance(random: Random): number {
  return new DataView(random.bytes(4).buffer).getUint32(0) / 2 ** 32;
}

function outboxFailed(log: Log, error: unknown): number {
  log.error("Cannot read the outbox", { error });
  return OUTBOX_RETRY_MS;
}
