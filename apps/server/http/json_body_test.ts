import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { BODY_LIMIT_BYTES } from "@postern/wire";
import { isJsonType, readJsonBody } from "./json_body.ts";

const JSON_TYPE = { "content-type": "application/json" };

async function read(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null,
  headers: Record<string, string> = JSON_TYPE,
): Promise<unknown> {
  const request = new Request("http://localhost/", {
    method: "POST",
    // A string would bring a content type of its own.
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
    headers,
  });
  const parsed = await readJsonBody(request);
  return parsed.ok ? parsed.value : parsed.error.code;
}

function bodyOfLength(length: number): string {
  return `{"a":"${"x".repeat(length - 8)}"}`;
}

test("readJsonBody() reads an object", async () => {
  expect(await read('{"email":"a@b.c","n":1}')).toEqual({ email: "a@b.c", n: 1 });
  expect(await read("{}")).toEqual({});
});

test.each([
  "application/json",
  "Application/JSON",
  "application/json; charset=utf-8",
  "application/json;charset=UTF-8",
  'application/json ; charset="utf-8"',
  "application/json;",
])("readJsonBody() takes the content type %p", async (type) => {
  expect(await read("{}", { "content-type": type })).toEqual({});
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain; application/json",
  "text/plain, application/json",
  "application/json, text/plain",
  "application/json text/plain",
  "application/json; charset=utf-16",
  "application/json; charset=latin1",
  "application/json; charset=utf-8; charset=utf-16",
  "application/json; boundary=x",
  "application/jsonp",
  "application/problem+json",
  "xapplication/json",
  "",
])("readJsonBody() refuses the content type %p (form posts without a preflight)", async (type) => {
  expect(await read("{}", { "content-type": type })).toBe("unsupported_media_type");
});

test("readJsonBody() refuses a body without a content type", async () => {
  expect(await read("{}", {})).toBe("unsupported_media_type");
  expect(isJsonType(null)).toBe(false);
});

test("readJsonBody() refuses compressed bodies (decompression bombs)", async () => {
  expect(await read("{}", { ...JSON_TYPE, "content-encoding": "gzip" })).toBe(
    "unsupported_media_type",
  );
  expect(await read("{}", { ...JSON_TYPE, "content-encoding": "identity" })).toEqual({});
});

test.each(["", " ", "null", "1", '"a"', "[]", '[{"a":1}]', "true", "{", '{"a":1', '{"a":1,"a":2}'])(
  "readJsonBody() refuses %p, which is no object",
  async (body) => {
    expect(await read(body)).toBe("invalid_json");
  },
);

test("readJsonBody() refuses no body at all", async () => {
  expect(await read(null)).toBe("invalid_json");
});

test("readJsonBody() refuses what is not UTF-8, and a byte order mark (two readings of one body)", async () => {
  const around = (...middle: number[]) =>
    new Uint8Array([...new TextEncoder().encode('{"a":"'), ...middle, 0x22, 0x7d]);
  expect(await read(around(0xc3, 0xa9))).toEqual({ a: "é" });
  expect(await read(around(0xff))).toBe("invalid_json");
  expect(await read(around(0xc3))).toBe("invalid_json");
  expect(await read(around(0xc0, 0xa2))).toBe("invalid_json");
  expect(await read(around(0xed, 0xa0, 0x80))).toBe("invalid_json");
  expect(await read(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toBe("invalid_json");
  expect(await read(new Uint8Array([0xfe, 0xff, 0x00, 0x7b, 0x00, 0x7d]))).toBe("invalid_json");
});

test("readJsonBody() reads up to the limit and not beyond (memory exhaustion)", async () => {
  expect(await read(bodyOfLength(BODY_LIMIT_BYTES))).toBeObject();
  expect(await read(bodyOfLength(BODY_LIMIT_BYTES + 1))).toBe("too_large");
});

test("readJsonBody() believes no declared length", async () => {
  const body = bodyOfLength(BODY_LIMIT_BYTES + 1);
  expect(await read(body, { ...JSON_TYPE, "content-length": "10" })).toBe("too_large");
  expect(await read("{}", { ...JSON_TYPE, "content-length": "65537" })).toBe("too_large");
  expect(await read("{}", { ...JSON_TYPE, "content-length": "x" })).toBe("too_large");
});

test("readJsonBody() stops reading an endless body (memory exhaustion)", async () => {
  let taken = 0;
  let isCancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += 1;
      controller.enqueue(new Uint8Array(1_024).fill(0x20));
    },
    cancel() {
      isCancelled = true;
    },
  });
  expect(await read(endless)).toBe("too_large");
  expect(isCancelled).toBe(true);
  expect(taken).toBeLessThan(80);
});

test("readJsonBody() answers invalid_json for a body that breaks off", async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error("Connection reset"));
    },
  });
  expect(await read(broken)).toBe("invalid_json");
});

test("readJsonBody() throws where the body has been read before, which is a bug of ours", async () => {
  const request = new Request("http://localhost/", {
    method: "POST",
    body: "{}",
    headers: JSON_TYPE,
  });
  await request.text();
  expect(readJsonBody(request)).rejects.toThrow(TypeError);
});

// On a real socket: bodies in pieces, with and without a length.

let server: Bun.Server<undefined>;

beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    maxRequestBodySize: 1_048_576,
    async fetch(request) {
      const parsed = await readJsonBody(request);
      return Response.json(parsed.ok ? parsed.value : parsed.error.code);
    },
  });
});

afterAll(async () => {
  await server.stop(true);
});

function send(...pieces: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(server.port ?? 0, "127.0.0.1", async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await Bun.sleep(5);
      }
    });
    socket.on("data", (data) => {
      answer += data.toString("utf8");
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer.split("\r\n\r\n")[1] ?? ""));
  });
}

const HEAD =
  "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n";

test("readJsonBody() reads a body that comes in pieces, with a length and chunked", async () => {
  expect(await send(`${HEAD}Content-Length: 10\r\n\r\n`, '{"a"', ':"', 'é"}')).toBe('{"a":"é"}');
  expect(
    await send(
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n`,
      '3\r\n{"a\r\n',
      '4\r\n":1}\r\n0\r\n\r\n',
    ),
  ).toBe('{"a":1}');
});

test("readJsonBody() refuses a chunked body over the limit, which declares no length", async () => {
  const chunk = `1000\r\n${" ".repeat(4_096)}\r\n`;
  const pieces = Array.from({ length: 17 }, () => chunk);
  expect(await send(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, ...pieces, "0\r\n\r\n")).toBe(
    '"too_large"',
  );
});
