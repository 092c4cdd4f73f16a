/**
 * Frames of WebSockets, read and written by hand: as cheaply as can be, so that it is the server that is
 * measured and not whoever listens.
 *
 * @see RFC 6455, section 5.2
 * @module
 */

/** What a server's frame was. Messages and acknowledgements are told apart by their type's first letter. */
export type FrameKind = "message" | "ack" | "ping" | "close" | "other";

const OPCODES = { text: 1, close: 8, ping: 9 } as const;

/** Where the type stands in `{"type":"…`. */
const TYPE_AT = 9;
const MESSAGE_LETTER = "m".charCodeAt(0);
const ACK_LETTER = "a".charCodeAt(0);

/** Reads frames out of what arrives. `onFrame` is told the kind and the payload. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #onFrame: (kind: FrameKind, payload: Buffer) => void;

  constructor(onFrame: (kind: FrameKind, payload: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  /** Takes what arrived. */
  push(bytes: Buffer): void {
    const data = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let at = 0;
    while (true) {
      const header = readHeader(data, at);
      if (header === undefined || header.end > data.length) break;
      const payload = data.subarray(header.start, header.end);
      this.#onFrame(kindOf(header.opcode, payload), payload);
      at = header.end;
    }
    this.#rest = at === data.length ? EMPTY : Buffer.from(data.subarray(at));
  }
}

const EMPTY = Buffer.alloc(0);

function readHeader(data: Buffer, at: number) {
  if (data.length < at + 2) return undefined;
  const opcode = (data[at] ?? 0) & 15;
  const short = (data[at + 1] ?? 0) & 127;
  if (short < 126) return { opcode, start: at + 2, end: at + 2 + short };
  if (data.length < at + (short === 126 ? 4 : 10)) return undefined;
  const start = at + (short === 126 ? 4 : 10);
  const length = short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
  return { opcode, start, end: start + length };
}

function kindOf(opcode: number, payload: Buffer): FrameKind {
  if (opcode === OPCODES.ping) return "ping";
  if (opcode === OPCODES.close) return "close";
  if (opcode !== OPCODES.text) return "other";
  const letter = payload[TYPE_AT];
  if (letter === MESSAGE_LETTER) return "message";
  return letter === ACK_LETTER ? "ack" : "other";
}

/** A client's text frame, masked with zeros. */
export function clientFrame(text: string): Buffer {
  return frameOf(0x81, Buffer.from(text));
}

/** A client's answer to a ping. */
export function pongFrame(payload: Buffer): Buffer {
  return frameOf(0x8a, payload);
}

function frameOf(first: number, payload: Buffer): Buffer {
  const head =
    payload.length < 126
      ? Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0])
      : Buffer.from([first, 0xfe, payload.length >> 8, payload.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}
