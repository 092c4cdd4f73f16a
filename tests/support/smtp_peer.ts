/**
 * A real SMTP server on loopback that keeps what it is sent, and can be told to misbehave.
 *
 * @see RFC 5321, section 4.2 (replies)
 * @module
 */

import type { AddressInfo, Socket } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";

/** What the peer does with a mail. */
export type SmtpBehaviour =
  /** Takes it. */
  | "accept"
  /** 550 to the recipient, for good. */
  | "refuse"
  /** 451 to the recipient, for now. */
  | "defer"
  /** Ends the connection when the recipient is named. */
  | "drop"
  /** Takes it, then ends the connection without saying so: the sender cannot know. */
  | "drop_after_data";

/** One mail that was taken. */
export interface ReceivedMail {
  /** The recipients of the envelope. */
  readonly to: readonly string[];
  /** The sender of the envelope. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, unknown>;
  /** As it came over the wire. */
  readonly raw: string;
}

/** The running server. */
export interface SmtpPeer {
  /** For `SMTP_URL`. */
  readonly url: string;
  /** Everything taken so far, oldest first. */
  readonly mails: readonly ReceivedMail[];
  /** Takes the oldest mail to an address that nobody has taken yet; waits for one if need be. */
  next(to: string, timeoutMs?: number): Promise<ReceivedMail>;
  /** From now on, for every connection. `delayMs` passes before each answer to a recipient or a mail. */
  behave(behaviour: SmtpBehaviour, delayMs?: number): void;
  /** How many mails were offered, taken or not. */
  offered(): number;
  close(): Promise<void>;
}

/** An end to a test that hangs, not a promise of anybody. */
const NEXT_TIMEOUT_MS = 60_000;
const POLL_MS = 10;

/** Starts a server on a free port. It wants no password and speaks no TLS. */
export async function startSmtpPeer(): Promise<SmtpPeer> {
  const mails: ReceivedMail[] = [];
  const taken = new Set<ReceivedMail>();
  const manner = { behaviour: "accept" as SmtpBehaviour, delayMs: 0, offered: 0 };
  const sockets = new Map<number, Socket>();
  const server = createServer({ mails, manner, sockets });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async next(to, timeoutMs = NEXT_TIMEOUT_MS) {
      const deadline = performance.now() + timeoutMs;
      while (performance.now() < deadline) {
        const mail = mails.find((one) => one.to.includes(to) && !taken.has(one));
        if (mail !== undefined) {
          taken.add(mail);
          return mail;
        }
        await Bun.sleep(POLL_MS);
      }
      throw new Error(`Waited ${timeoutMs} ms for a mail to ${to}: ${mails.length} mails came`);
    },
    behave(behaviour, delayMs = 0) {
      Object.assign(manner, { behaviour, delayMs });
    },
    offered: () => manner.offered,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(resolve));
      for (const socket of sockets.values()) socket.destroy();
      await closed;
    },
  };
}

interface Peer {
  readonly mails: ReceivedMail[];
  readonly manner: { readonly behaviour: SmtpBehaviour; readonly delayMs: number; offered: number };
  /** Open connections by the caller's port. */
  readonly sockets: Map<number, Socket>;
}

function createServer({ mails, manner, sockets }: Peer): SMTPServer {
  const drop = (session: SMTPServerSession): void => {
    sockets.get(session.remotePort)?.destroy();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    async onRcptTo(_address, session, answer) {
      manner.offered += 1;
      await Bun.sleep(manner.delayMs);
      if (manner.behaviour === "drop") return drop(session);
      answer(refusal(manner.behaviour));
    },
    async onData(stream, session, answer) {
      const mail = await receive(stream, session).catch(() => undefined);
      // The sender died in the middle of it.
      if (mail === undefined) return;
      mails.push(mail);
      await Bun.sleep(manner.delayMs);
      if (manner.behaviour === "drop_after_data") return drop(session);
      answer();
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.on("close", () => sockets.delete(port));
  });
  return server;
}

function refusal(behaviour: SmtpBehaviour): Error | null {
  if (behaviour === "refuse") {
    return Object.assign(new Error("No such mailbox here"), { responseCode: 550 });
  }
  if (behaviour === "defer") return Object.assign(new Error("Try later"), { responseCode: 451 });
  return null;
}

async function receive(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<ReceivedMail> {
  const raw = await new Response(stream as unknown as ReadableStream).text();
  const parsed: ParsedMail = await simpleParser(raw);
  return {
    to: envelope.rcptTo.map(({ address }) => address),
    from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html || "",
    headers: parsed.headers,
    raw,
  };
}
