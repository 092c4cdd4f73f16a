import { expect, test } from "bun:test";
import { clientFrame, FrameReader } from "./web_socket_frames.ts";

/** A server's frame: not masked. */
function serverFrame(opcode: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const head = length < 126 ? [length] : [126, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...head]), payload]);
}

test("frames are read by kind, however the network cuts them", () => {
  const stream = Buffer.concat([
    serverFrame(1, '{"type":"message","text":"x"}'),
    serverFrame(1, `{"type":"message","text":"${"y".repeat(70_00)}"}`),
    serverFrame(9, "p"),
    serverFrame(1, '{"type":"ack"}'),
    serverFrame(1, '{"type":"ready"}'),
    serverFrame(8, "\u000f\u00a1"),
  ]);
  for (const size of [1, 2, 3, 7, 100, stream.length]) {
    const kinds: string[] = [];
    const reader = new FrameReader((kind) => kinds.push(kind));
    for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
    expect(kinds).toEqual(["message", "message", "ping", "ack", "other", "close"]);
  }
});

test("a client's frame is masked with zeros, short and long", () => {
  for (const length of [5, 125, 126, 4_000]) {
    const frame = clientFrame("x".repeat(length));
    expect(frame.subarray(-length).toString()).toBe("x".repeat(length));
    expect(frame.length).toBe(length + (length < 126 ? 6 : 8));
  }
});
