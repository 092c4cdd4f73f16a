import { expect, test } from "bun:test";
import { createEnvReader, type Env } from "./env_reader.ts";
import { readAdminListen, readListen } from "./read_listen.ts";

function listen(env: Env) {
  const reader = createEnvReader(env);
  const main = readListen(reader);
  return { main, admin: readAdminListen(reader, main), problems: reader.problems };
}

test.each([
  ["0.0.0.0", "0.0.0.0"],
  ["localhost", "localhost"],
  ["::", "::"],
  ["[::1]", "::1"],
  ["::1", "::1"],
  ["postern.internal", "postern.internal"],
])("readListen() takes the HOST %p for %p", (HOST, host) => {
  expect(listen({ HOST })).toMatchObject({ main: { host }, problems: [] });
});

test.each(["a b", "http://a", "127.0.0.1:80", "*", "256.0.0.1", "[::1", "a/b", ":::"])(
  "readListen() refuses the HOST %p",
  (HOST) => {
    expect(listen({ HOST }).problems).toHaveLength(1);
  },
);

test.each([
  ["127.0.0.1:8001", { host: "127.0.0.1", port: 8_001, allowedHost: "127.0.0.1" }],
  ["[::1]:8001", { host: "::1", port: 8_001, allowedHost: "[::1]" }],
  ["Admin.Internal:0", { host: "admin.internal", port: 0, allowedHost: "admin.internal" }],
])("readAdminListen() takes %p", (ADMIN_LISTEN, admin) => {
  expect(listen({ ADMIN_LISTEN })).toMatchObject({ admin, problems: [] });
});

test.each([
  "8001",
  ":8001",
  "127.0.0.1",
  "127.0.0.1:",
  "::1:8001",
  "a:80x",
  "a:65536",
  "a:-1",
  "http://a:1",
  "a b:1",
])("readAdminListen() refuses %p", (ADMIN_LISTEN) => {
  expect(listen({ ADMIN_LISTEN }).problems).toHaveLength(1);
});

test("readAdminListen() refuses what the main listener takes already", () => {
  expect(listen({ ADMIN_LISTEN: "127.0.0.1:8000" }).problems).toHaveLength(1);
  expect(listen({ HOST: "0.0.0.0", ADMIN_LISTEN: "127.0.0.1:8000" }).problems).toHaveLength(1);
  expect(listen({ ADMIN_LISTEN: "0.0.0.0:8000" }).problems).toHaveLength(1);
  expect(listen({ PORT: "0", ADMIN_LISTEN: "127.0.0.1:0" }).problems).toEqual([]);
  expect(listen({ ADMIN_LISTEN: "127.0.0.2:8000" }).problems).toEqual([]);
});
