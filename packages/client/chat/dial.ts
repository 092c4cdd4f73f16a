/**
 * A WebSocket as a line of text: what a chat needs of it, and no more.
 *
 * @module
 */

/** What is told of a line. */
export interface LineEars {
  text(text: string): void;
  /** @param code The close code; 1006 where the line broke. */
  closed(code: number): void;
}

/** An open line, or one that is being opened. */
export interface Line {
  /** Sends text; nothing happens on a line that is not open. */
  send(text: string): void;
  /** Closes it; `closed` may be told late, or never. */
  close(): void;
}

/** Opens a line to an address. */
export type Dial = (url: string, ears: LineEars) => Line;

/** The part of a WebSocket that is used; a browser's and Bun's fit. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code: number): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number }) => void): void;
}

/** `readyState` of an open WebSocket. WebSockets Standard, section 3.1. */
const OPEN = 1;

/** Close code of a purpose fulfilled. RFC 6455, section 7.4.1. */
const NORMAL = 1000;

/**
 * Dials by WebSocket.
 *
 * @param open Opens one: `(url) => new WebSocket(url)`.
 */
export function webSocketDial(open: (url: string) => SocketLike): Dial {
  return function dial(url, ears) {
    const socket = open(url);
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") ears.text(data);
    });
    socket.addEventListener("close", ({ code }) => ears.closed(code));
    return {
      send(text) {
        if (socket.readyState === OPEN) socket.send(text);
      },
      close: () => socket.close(NORMAL),
    };
  };
}
