import { expect, test } from "bun:test";
import { isLoopbackRedirect } from "./loopback_redirect.ts";

test("isLoopbackRedirect() takes any port of 127.0.0.1", () => {
  for (const port of ["1", "8000", "49152", "65535"]) {
    expect(isLoopbackRedirect(`http://127.0.0.1:${port}/callback`)).toBe(true);
  }
});

test("isLoopbackRedirect() refuses every other place (stealing a code by its redirect)", () => {
  const elsewhere = [
    "https://127.0.0.1:1/callback",
    "http://127.0.0.1/callback",
    "http://127.0.0.1:0/callback",
    "http://127.0.0.1:65536/callback",
    "http://127.0.0.1:080/callback",
    "http://localhost:8000/callback",
    "http://[::1]:8000/callback",
    "http://127.1:8000/callback",
    "http://127.0.0.2:8000/callback",
    "http://127.0.0.1:8000/callback/",
    "http://127.0.0.1:8000/Callback",
    "http://127.0.0.1:8000/x/../callback",
    "http://127.0.0.1:8000/callback?next=x",
    "http://127.0.0.1:8000/callback#x",
    "http://127.0.0.1:8000/callback\n",
    " http://127.0.0.1:8000/callback",
    "http://127.0.0.1:8000@evil.example/callback",
    "http://evil.example#http://127.0.0.1:8000/callback",
    "http://127.0.0.1.evil.example:8000/callback",
    "http://127.0.0.1:8000\\@evil.example/callback",
    "HTTP://127.0.0.1:8000/callback",
    "",
  ];
  for (const text of elsewhere) expect([text, isLoopbackRedirect(text)]).toEqual([text, false]);
});
