import { expect, test } from "bun:test";
import { ResponseReader } from "./response_reader.ts";

function answer(status: string, body: string, extra = ""): Buffer {
  return Buffer.from(
    `HTTP/1.1 ${status}\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function read(reader: ResponseReader, bytes: Buffer): { status: number; body: string } | undefined {
  const found = reader.read(bytes);
  return found && { status: found.status, body: found.body.toString() };
}

test("read() gives status and body of a whole answer", () => {
  const reader = new ResponseReader();
  expect(read(reader, answer("200 OK", '{"a":1}'))).toEqual({ status: 200, body: '{"a":1}' });
  expect(read(reader, answer("503 Busy", ""))).toEqual({ status: 503, body: "" });
});

test("read() tells apart answers of the same length", () => {
  const reader = new ResponseReader();
  read(reader, answer("200 OK", "one"));
  expect(read(reader, answer("200 OK", "two"))).toEqual({ status: 200, body: "two" });
  expect(read(reader, answer("401 No", "six"))).toEqual({ status: 401, body: "six" });
  // As long as the last one, with a shorter head.
  const shorter = answer("401 N", "four");
  expect(shorter).toHaveLength(answer("401 No", "six").length);
  expect(read(reader, shorter)).toEqual({ status: 401, body: "four" });
});

test("read() puts together an answer that comes in pieces of any size", () => {
  const whole = answer("200 OK", '{"user":"ada"}', "Vary: Origin\r\n");
  for (let size = 1; size < whole.length; size += 1) {
    const reader = new ResponseReader();
    const found: unknown[] = [];
    for (let at = 0; at < whole.length; at += size) {
      found.push(read(reader, whole.subarray(at, at + size)));
    }
    expect(found.pop()).toEqual({ status: 200, body: '{"user":"ada"}' });
    expect(found.every((each) => each === undefined)).toBe(true);
  }
});

test("read() finds Content-Length in any case, and none in a 204", () => {
  const reader = new ResponseReader();
  expect(read(reader, Buffer.from("HTTP/1.1 200 OK\r\ncontent-LENGTH:2\r\n\r\nok"))).toEqual({
    status: 200,
    body: "ok",
  });
  expect(read(reader, Buffer.from("HTTP/1.1 204 No Content\r\nA: b\r\n\r\n"))).toEqual({
    status: 204,
    body: "",
  });
});

test("read() refuses what it cannot delimit", () => {
  const chunked = Buffer.from("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
  expect(() => new ResponseReader().read(chunked)).toThrow("without Content-Length");
  const two = Buffer.concat([answer("200 OK", "a"), answer("200 OK", "b")]);
  expect(() => new ResponseReader().read(two)).toThrow("bytes follow it");
});
