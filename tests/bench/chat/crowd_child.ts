/**
 * A process of people at a chat: connects, listens, speaks when it is told to, and counts.
 *
 * @module
 */

import { clientFrame, FrameReader, pongFrame } from "./web_socket_frames.ts";

/** What it is told to do. */
export type CrowdOrder =
  | {
      readonly kind: "connect";
      readonly hostname: string;
      readonly port: number;
      /** The requests that open a connection each. */
      readonly requests: readonly string[];
    }
  | ({ readonly kind: "speak" } & Speech)
  | { readonly kind: "await_closed" };

/** How to speak: each of some has so many messages under way. */
export interface Speech {
  readonly speakers: number;
  readonly underWay: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/** What it answers. */
export type CrowdReply =
  | { readonly kind: "done" }
  | { readonly kind: "spoken"; readonly delivered: number; readonly elapsedMs: number }
  /** `at`: milliseconds since the epoch, by the system's clock. */
  | { readonly kind: "closed"; readonly count: number; readonly at: number }
  | { readonly kind: "failed"; readonly message: string };

interface Person {
  readonly write: (bytes: Buffer) => void;
  onAck: () => void;
  isOpen: boolean;
}

/** Connections that are being opened at once. */
const OPENED_AT_ONCE = 100;

/** As long as people's messages are. */
const TEXT = "The gate is open until nine; whoever comes later rings the bell. ".padEnd(100, ".");

const people: Person[] = [];
const counts = { messages: 0, closed: 0, ids: 0, lastClosedAt: 0 };
let closing: (() => void) | undefined;

async function connect(order: Extract<CrowdOrder, { kind: "connect" }>): Promise<void> {
  for (let at = 0; at < order.requests.length; at += OPENED_AT_ONCE) {
    const some = order.requests.slice(at, at + OPENED_AT_ONCE);
    people.push(...(await Promise.all(some.map((request) => open(order, request)))));
  }
}

async function open(
  { hostname, port }: { readonly hostname: string; readonly port: number },
  request: string,
): Promise<Person> {
  const opened = Promise.withResolvers<void>();
  let head = "";
  const person: Person = {
    write: (bytes) => void socket.write(bytes),
    onAck: () => undefined,
    isOpen: false,
  };
  const reader = new FrameReader((kind, payload) => {
    if (kind === "message") counts.messages += 1;
    else if (kind === "ack") person.onAck();
    else if (kind === "ping") person.write(pongFrame(payload));
    else if (kind === "close") socket.end();
  });
  const socket = await Bun.connect({
    hostname,
    port,
    socket: {
      data(_, bytes) {
        if (person.isOpen) return reader.push(bytes);
        head += bytes.toString("latin1");
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!head.startsWith("HTTP/1.1 101")) opened.reject(new Error(head.slice(0, 200)));
        person.isOpen = true;
        opened.resolve();
        reader.push(Buffer.from(head.slice(end + 4), "latin1"));
      },
      close() {
        opened.reject(new Error("The connection was closed"));
        counts.closed += 1;
        counts.lastClosedAt = Date.now();
        if (counts.closed === people.length) closing?.();
      },
    },
  });
  socket.write(request);
  await opened.promise;
  return person;
}

function say(person: Person): void {
  counts.ids += 1;
  const id = `00000000-0000-4000-8000-${counts.ids.toString(16).padStart(12, "0")}`;
  person.write(clientFrame(JSON.stringify({ type: "message", id, text: TEXT })));
}

async function speak(speech: Speech): Promise<CrowdReply> {
  const speakers = people.slice(0, speech.speakers);
  for (const person of speakers) {
    person.onAck = () => say(person);
    for (let each = 0; each < speech.underWay; each += 1) say(person);
  }
  await Bun.sleep(speech.warmUpMs);
  const [before, startedAt] = [counts.messages, performance.now()];
  await Bun.sleep(speech.durationMs);
  const reply: CrowdReply = {
    kind: "spoken",
    delivered: counts.messages - before,
    elapsedMs: performance.now() - startedAt,
  };
  for (const person of speakers) person.onAck = () => undefined;
  // What is under way comes to its end.
  for (let heard = -1; heard !== counts.messages; ) {
    heard = counts.messages;
    await Bun.sleep(300);
  }
  return reply;
}

async function obey(order: CrowdOrder): Promise<CrowdReply> {
  switch (order.kind) {
    case "connect":
      await connect(order);
      return { kind: "done" };
    case "speak":
      return await speak(order);
    case "await_closed": {
      const { promise, resolve } = Promise.withResolvers<void>();
      closing = resolve;
      if (counts.closed < people.length) await promise;
      return { kind: "closed", count: counts.closed, at: counts.lastClosedAt };
    }
  }
}

function reply(what: CrowdReply): void {
  process.send?.(what);
}

if (import.meta.main) {
  process.on("message", (order: CrowdOrder) => {
    obey(order).then(reply, (cause) => reply({ kind: "failed", message: String(cause) }));
  });
  reply({ kind: "done" });
}
