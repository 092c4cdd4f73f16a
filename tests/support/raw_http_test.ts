import { afterAll, expect, test } from "bun:test";
import { createServer } from "node:net";
import { requestHead, sendRaw } from "./raw_http.ts";

const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/empty") return new Response(null, { status: 204 });
    if (pathname === "/parts") return new Response(parts());
    return new Response(request.headers.get("X-Two"));
  },
});
const url = server.url.href;

async function* parts(): AsyncGenerator<string> {
  yield "one ";
  await Bun.sleep(5);
  yield "two";
}

afterAll(() => server.stop(true));

test("sendRaw() sends what no client would, and reads the answer by its length", async () => {
  const answer = await sendRaw(
    url,
    requestHead("GET / HTTP/1.1", "Host: a", "X-Two: b", "X-Two: c"),
  );
  expect(answer).toMatchObject({ ended: "complete", status: 200, body: "b, c" });
  expect(answer.headers.find(([name]) => name === "content-length")).toEqual([
    "content-length",
    "4",
  ]);
});

test("sendRaw() reads answers in parts, and those without a body", async () => {
  const whole = await sendRaw(url, requestHead("GET /parts HTTP/1.1", "Host: a"));
  expect(whole.ended).toBe("complete");
  expect(whole.body).toContain("two");
  const empty = await sendRaw(url, requestHead("GET /empty HTTP/1.1", "Host: a"));
  expect(empty).toMatchObject({ ended: "complete", status: 204, body: "" });
});

test("sendRaw() tells a server that says nothing from one that hangs up", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  const rude = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  expect(await sendRaw(urlOf(silent), "GET / HTTP/1.1\r\n", 50)).toMatchObject({
    ended: "timeout",
  });
  expect(await sendRaw(urlOf(rude), "GET / HTTP/1.1\r\n")).toMatchObject({
    ended: "closed",
    status: 0,
  });
  silent.close();
  rude.close();
});

test("sendRaw() throws when nobody listens", async () => {
  const gone = createServer().listen(0, "127.0.0.1");
  const there = urlOf(gone);
  await new Promise((resolve) => gone.close(resolve));
  await expect(sendRaw(there, "x")).rejects.toThrow("ECONNREFUSED");
});

function urlOf(listening: ReturnType<typeof createServer>): string {
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}
