/**
 * Reads the answers of one HTTP/1.1 connection on which one request at a time is under way.
 *
 * Only what a load generator needs: the status and where the body is. An answer as long as the one
 * before it and with the same head length is taken to have the same Content-Length, so that most
 * answers cost a comparison and no parsing.
 *
 * @see RFC 9112, section 6 (message body)
 * @module
 */

/** One answer, whole. */
export interface HttpAnswer {
  readonly status: number;
  /** A view into what came over the wire. */
  readonly body: Buffer;
}

const HEAD_END = "\r\n\r\n";
/** Where the three digits are in `HTTP/1.1 200 OK`. */
const STATUS_AT = 9;
const ZERO = 0x30;

/** Puts chunks together to answers. */
export class ResponseReader {
  #kept: Buffer | undefined;
  #lastHeadLength = 0;
  #lastLength = 0;
  #lastStatus = 0;

  /**
   * Takes what came.
   *
   * @returns The answer, once it is whole; its bytes are good until the next call.
   */
  read(chunk: Buffer): HttpAnswer | undefined {
    const bytes = this.#kept === undefined ? chunk : Buffer.concat([this.#kept, chunk]);
    this.#kept = undefined;
    if (bytes.length === this.#lastLength && this.#isLikeTheLast(bytes)) {
      return { status: this.#lastStatus, body: bytes.subarray(this.#lastHeadLength) };
    }
    return this.#parse(bytes);
  }

  #isLikeTheLast(bytes: Buffer): boolean {
    const end = this.#lastHeadLength;
    return (
      statusOf(bytes) === this.#lastStatus &&
      bytes.toString("latin1", end - HEAD_END.length, end) === HEAD_END
    );
  }

  #parse(bytes: Buffer): HttpAnswer | undefined {
    const headEnd = bytes.indexOf(HEAD_END);
    if (headEnd === -1) return this.#keep(bytes);
    const status = statusOf(bytes);
    const headLength = headEnd + HEAD_END.length;
    const length = headLength + contentLength(bytes.toString("latin1", 0, headEnd), status);
    if (bytes.length < length) return this.#keep(bytes);
    if (bytes.length > length) {
      throw new Error(`Cannot read an answer: ${bytes.length - length} bytes follow it`);
    }
    this.#lastHeadLength = headLength;
    this.#lastLength = length;
    this.#lastStatus = status;
    return { status, body: bytes.subarray(headLength) };
  }

  #keep(bytes: Buffer): undefined {
    this.#kept = Buffer.from(bytes);
  }
}

function statusOf(bytes: Buffer): number {
  const digit = (at: number) => (bytes[STATUS_AT + at] ?? ZERO) - ZERO;
  return digit(0) * 100 + digit(1) * 10 + digit(2);
}

function contentLength(head: string, status: number): number {
  const found = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (found !== undefined) return Number.parseInt(found, 10);
  if (status === 204 || status === 304) return 0;
  throw new Error(`Cannot read an answer without Content-Length: ${head}`);
}
