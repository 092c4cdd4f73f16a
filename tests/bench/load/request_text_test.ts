import { expect, test } from "bun:test";
import { refreshedRequest, requestText } from "./request_text.ts";

test("requestText() writes a request without a body", () => {
  const headers = { Accept: "application/json", Cookie: "a=1; b=2" };
  expect(requestText({ method: "GET", path: "/me", host: "localhost:1", headers })).toBe(
    "GET /me HTTP/1.1\r\nHost: localhost:1\r\nAccept: application/json\r\nCookie: a=1; b=2\r\n\r\n",
  );
});

test("requestText() counts the body in bytes", () => {
  const parts = { method: "POST", path: "/", host: "h", headers: {}, body: { a: "ü" } } as const;
  expect(requestText(parts)).toBe(
    'POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"a":"ü"}',
  );
});

test("refreshedRequest() puts the answer's token in the place of the last one", () => {
  const first = requestText({
    method: "POST",
    path: "/refresh",
    host: "h",
    headers: { "User-Agent": "x" },
    body: { refresh_token: "one" },
  });
  const second = refreshedRequest(first, '{"refresh_token":"the second"}');
  expect(second).toBe(
    "POST /refresh HTTP/1.1\r\nHost: h\r\nUser-Agent: x\r\nContent-Type: application/json\r\n" +
      'Content-Length: 30\r\n\r\n{"refresh_token":"the second"}',
  );
  expect(refreshedRequest(second, '{"refresh_token":"one"}')).toBe(first);
});

test("refreshedRequest() throws where there is no token", () => {
  expect(() => refreshedRequest("POST / HTTP/1.1\r\n\r\n", "{}")).toThrow("no refresh token");
});
