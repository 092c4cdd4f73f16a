/**
 * A loopback WebSocket server that keeps to the contract in what a chat client must cope with:
 * stored messages, acknowledgements, history, and connections that end in every way. For tests of
 * this package alone; the real server is tested with this client elsewhere.
 *
 * @module
 */

import type { ChatMessage, ClientFrame, ServerFrame } from "@postern/wire";

type Socket = Bun.ServerWebSocket<{ readonly query: string }>;

/** What the server keeps, and switches that make it misbehave. */
export interface TestChatServer {
  readonly url: string;
  readonly messages: ChatMessage[];
  readonly sockets: Set<Socket>;
  /** Query of each connection, in order. */
  readonly queries: string[];
  /** Each frame that came, in order. */
  readonly frames: ClientFrame[];
  /** Close code for whoever connects; `undefined` lets them in. */
  refusal: number | undefined;
  /** Whether stored messages are neither acknowledged nor told to anybody. */
  isMute: boolean;
  /** Stores a message of another member and tells it. */
  say(text: string): void;
  /** Tells everybody a frame. */
  tell(frame: ServerFrame): void;
  /** Closes all connections. */
  closeAll(code: number): void;
  stop(): Promise<void>;
}

const ADA = { id: "1", username: "ada" };
const BOB = { id: "2", username: "bob" };

const AT = "2026-01-01T00:00:00.000Z";

/** Starts it on a free port. */
export function startTestChatServer(): TestChatServer {
  const http = Bun.serve<{ readonly query: string }>({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request, upgrader) {
      const { search } = new URL(request.url);
      upgrader.upgrade(request, { data: { query: search } });
    },
    websocket: {
      open: (socket) => welcome(server, socket),
      message: (socket, text) => hear(server, socket, JSON.parse(`${text}`) as ClientFrame),
      close: (socket) => void server.sockets.delete(socket),
    },
  });
  const server: TestChatServer = {
    url: `http://127.0.0.1:${http.port}`,
    messages: [],
    sockets: new Set(),
    queries: [],
    frames: [],
    refusal: undefined,
    isMute: false,
    say: (text) => store(server, { ...BOB }, { id: crypto.randomUUID(), text }),
    tell(frame) {
      for (const socket of server.sockets) send(socket, frame);
    },
    closeAll(code) {
      for (const socket of server.sockets) socket.close(code);
    },
    stop: () => http.stop(true),
  };
  return server;
}

function send(socket: Socket, frame: ServerFrame): void {
  socket.send(JSON.stringify(frame));
}

function welcome(server: TestChatServer, socket: Socket): void {
  server.queries.push(socket.data.query);
  if (server.refusal !== undefined) {
    socket.close(server.refusal);
    return;
  }
  server.sockets.add(socket);
  const seq = server.messages.length;
  send(socket, { type: "ready", conversation: "c", user: ADA, seq, expires_at: AT });
}

function hear(server: TestChatServer, socket: Socket, frame: ClientFrame): void {
  server.frames.push(frame);
  if (frame.type === "history") answerHistory(server, socket, frame);
  if (frame.type === "auth") send(socket, { type: "renewed", expires_at: AT });
  if (frame.type === "message") answerMessage(server, socket, frame);
}

function answerMessage(
  server: TestChatServer,
  socket: Socket,
  frame: Extract<ClientFrame, { type: "message" }>,
): void {
  store(server, ADA, frame);
  const stored = server.messages.find((message) => message.id === frame.id);
  if (!server.isMute && stored !== undefined) {
    send(socket, { type: "ack", id: frame.id, seq: stored.seq });
  }
}

function store(
  server: TestChatServer,
  user: typeof ADA,
  said: { readonly id: string; readonly text: string },
): void {
  if (server.messages.some((message) => message.id === said.id)) return;
  const { id, text } = said;
  const message = { seq: server.messages.length + 1, id, user, text, at: AT };
  server.messages.push(message);
  if (!server.isMute) server.tell({ type: "message", ...message });
}

function answerHistory(
  server: TestChatServer,
  socket: Socket,
  ask: Extract<ClientFrame, { type: "history" }>,
): void {
  const limit = Math.min(ask.limit ?? 50, 200);
  const { after, before } = ask;
  const found = server.messages.filter(
    ({ seq }) => (after === undefined || seq > after) && (before === undefined || seq < before),
  );
  const messages = after === undefined ? found.slice(-limit) : found.slice(0, limit);
  send(socket, { type: "history", messages, more: found.length > messages.length });
}
