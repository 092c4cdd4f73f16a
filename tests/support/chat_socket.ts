/**
 * A chat's WebSocket, as a client sees it: frames in the order in which they came, and the code it
 * was closed with.
 *
 * @module
 */

/** How to connect. */
export interface ChatSocketOptions {
  /** Where the server is, as http. */
  readonly url: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A frame. */
export type Frame = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A connection. */
export interface ChatSocket extends AsyncDisposable {
  /** All that came. */
  readonly frames: readonly Frame[];
  send(frame: unknown): void;
  /** Sends text, or bytes, as they are. */
  sendRaw(data: string | Uint8Array<ArrayBuffer>): void;
  /** The first frame that is so; waits for it. */
  until(isIt: (frame: Frame) => boolean): Promise<Frame>;
  /** The code that it was closed with; waits for it. */
  readonly closed: Promise<number>;
}

/** Longest wait, milliseconds. Not a promise of the server, only an end to a test that hangs. */
const WAIT_MAX_MS = 60_000;

/** Connects. */
export function openChatSocket(options: ChatSocketOptions): ChatSocket {
  const url = new URL(options.path, options.url.replace(/^http/, "ws"));
  const socket = new WebSocket(url.href, { headers: { ...options.headers } });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  const { promise: closed, resolve: close } = Promise.withResolvers<number>();
  socket.addEventListener("message", ({ data }) => {
    frames.push(JSON.parse(String(data)) as Frame);
    for (const look of [...waiting]) look();
  });
  socket.addEventListener("close", ({ code }) => {
    close(code);
    for (const look of [...waiting]) look();
  });

  function until(isIt: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(tooLate()), WAIT_MAX_MS);
      function look(): void {
        const found = frames.find(isIt);
        if (found === undefined && socket.readyState !== WebSocket.CLOSED) return;
        waiting.delete(look);
        clearTimeout(timer);
        if (found === undefined) reject(tooLate());
        else resolve(found);
      }
      waiting.add(look);
      look();
    });
  }

  function tooLate(): Error {
    return new Error(`Cannot find the frame: ${JSON.stringify(frames.slice(-5))}`);
  }

  return {
    frames,
    closed,
    until,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (data) => socket.send(data),
    async [Symbol.asyncDispose]() {
      socket.close();
      await closed;
    },
  };
}
