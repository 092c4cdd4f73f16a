/**
 * Hands mails to an SMTP server, over a few connections that are kept for the next.
 *
 * TLS is used where the server offers it (`smtp:`), or from the first byte (`smtps:`); with
 * `?requireTLS=true` in the URL nothing is sent without it.
 *
 * @see RFC 5321 (SMTP), RFC 3207 (STARTTLS), RFC 3834 (automatic mail)
 * @module
 */

import type { RenderedMail } from "@postern/auth";
import { err, ok, type Result } from "@postern/std";
import type { NodemailerError } from "nodemailer";

/** Most connections at once, and so the most mails that are sent at once. */
export const SMTP_CONNECTIONS = 4;

/** Longest wait for a connection. */
const CONNECT_MAX_MS = 10_000;

/** Longest wait for the server's greeting. */
const GREETING_MAX_MS = 15_000;

/** Longest silence of a server that is being spoken to. */
const SILENCE_MAX_MS = 30_000;

/** Longest that a mail may take in all; a server can stall without ever being silent. */
const SEND_MAX_MS = 60_000;

/** How long a connection is kept that has nothing to send. */
const IDLE_CONNECTION_MS = 20_000;

/** Longest part of a server's answer that is told on, characters. */
const REASON_MAX_LENGTH = 200;

/** Where mails go, and whom they come from. */
export interface SmtpOptions {
  readonly url: string;
  /** An address, or a name and an address: `Postern <no-reply@example.com>`. */
  readonly from: string;
  /** Stands at the end of Message-IDs. */
  readonly host: string;
}

/** A mail that is ready to go. */
export interface Outgoing {
  /** The same at every attempt, so that a mail that arrives twice can be recognised. */
  readonly id: string;
  readonly to: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly content: RenderedMail;
}

/** Why a mail was not taken. */
export interface SendError {
  /** Another attempt would end the same: the server refused this recipient or this mail. */
  readonly isPermanent: boolean;
  /** A short name, such as `smtp_550` or `timeout`. */
  readonly errorClass: string;
  /** What the server or the network said. Addresses in it are cut. */
  readonly reason: string;
}

/** A way to an SMTP server. */
export interface Smtp {
  /** Resolves once the server has taken the mail upon itself, or has not. Never rejects. */
  send(mail: Outgoing, signal: AbortSignal): Promise<Result<null, SendError>>;
  /** Ends all connections at once. */
  close(): void;
}

/** Makes a way. It loads what speaks SMTP, and connects, when there is something to send. */
export function createSmtp(options: SmtpOptions): Smtp {
  let opening: ReturnType<typeof openTransport> | undefined;
  let close: (() => void) | undefined;
  let isClosed = false;

  async function open() {
    const transport = await openTransport(options.url);
    close = () => transport.close({ force: true });
    if (isClosed) close();
    return transport;
  }

  return {
    send: async (mail, signal) => {
      try {
        opening ??= open();
        const transport = await opening;
        await transport.sendMail({
          ...messageOf(options, mail),
          signal: AbortSignal.any([signal, AbortSignal.timeout(SEND_MAX_MS)]),
        });
        return ok(null);
      } catch (error) {
        return err(sendErrorOf(error, mail.to));
      }
    },
    close() {
      isClosed = true;
      close?.();
    },
  };
}

async function openTransport(url: string) {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: SMTP_CONNECTIONS,
    // A mail that was cut off is our outbox's to try again, not the pool's.
    maxRequeues: 0,
    connectionTimeout: CONNECT_MAX_MS,
    greetingTimeout: GREETING_MAX_MS,
    socketTimeout: SILENCE_MAX_MS,
    idleTimeout: IDLE_CONNECTION_MS,
  });
  transport.on("error", () => {
    // Whoever sends hears of it. Without a listener it would end the process.
  });
  return transport;
}

function messageOf(options: SmtpOptions, mail: Outgoing) {
  return {
    from: options.from,
    // As an object, so that it is taken as one address and not read as a list of them.
    to: { name: "", address: mail.to },
    subject: mail.content.subject,
    text: mail.content.text,
    html: mail.content.html,
    messageId: `<${mail.id}@${options.host}>`,
    date: new Date(mail.createdAt),
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Commands whose refusal is about this mail. Refusing the sender or the login is about our set-up. */
const MAIL_COMMANDS: ReadonlySet<string | undefined> = new Set(["RCPT TO", "DATA"]);

function sendErrorOf(error: unknown, to: string): SendError {
  if (!isNodemailerError(error)) {
    return { isPermanent: false, errorClass: "other", reason: "" };
  }
  const refused = error.permanent === true && MAIL_COMMANDS.has(error.command);
  // Refused by nodemailer itself, before the server was asked: the address cannot be written.
  const unwritable = error.code === "EENVELOPE" && error.responseCode === undefined;
  return {
    isPermanent: refused || unwritable,
    errorClass: errorClassOf(error),
    reason: withoutAddresses(error.response ?? error.message, to),
  };
}

function isNodemailerError(error: unknown): error is NodemailerError {
  return error instanceof Error;
}

/** nodemailer's codes, and what we call them. */
const CLASSES: Readonly<Record<string, string>> = {
  ETIMEDOUT: "timeout",
  EABORT: "timeout",
  EDNS: "dns",
  ECONNECTION: "connection",
  ESOCKET: "connection",
  ETLS: "tls",
  EAUTH: "auth",
  ENOAUTH: "auth",
  EENVELOPE: "envelope",
};

function errorClassOf(error: NodemailerError): string {
  if (error.responseCode !== undefined) return `smtp_${error.responseCode}`;
  return CLASSES[String(error.code)] ?? "other";
}

function withoutAddresses(text: string, to: string): string {
  return text
    .replaceAll(to, "…")
    .replaceAll(/[^\s<>@"',;:()]+@/g, "…@")
    .slice(0, REASON_MAX_LENGTH);
}
