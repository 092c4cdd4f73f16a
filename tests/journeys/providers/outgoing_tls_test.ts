import { expect, test } from "bun:test";
import { join } from "node:path";

const FIXTURES = join(import.meta.dir, "../../fixtures/tls");

/** What a process does that trusts the fixture's certificate, or does not: calls by name at one address. */
const PROGRAM = `
import { createOutgoing } from "@postern/server/adapters/providers/outgoing.ts";
import { createServer } from "node:tls";
const [key, cert] = await Promise.all(
  ["key.pem", "certificate.pem"].map((name) => Bun.file(process.argv[1] + "/" + name).text()),
);
const seen = [];
const server = createServer({ key, cert }, (socket) => {
  socket.on("error", () => undefined);
  socket.on("data", (bytes) => {
    seen.push([socket.servername, /host: (.*)\\r/i.exec(String(bytes))?.[1]]);
    socket.write("HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: 2\\r\\n\\r\\n{}");
  });
});
server.on("tlsClientError", () => undefined);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address();
const outgoing = createOutgoing({ mayUseLoopback: true, resolve: async () => ["127.0.0.1"] });
const codes = [];
for (const host of ["provider.example", "other.example", "provider.example", "127.0.0.1"]) {
  const sent = await outgoing.send({ url: "https://" + host + ":" + port + "/" });
  codes.push(sent.ok ? "ok" : sent.error.code);
}
console.log(JSON.stringify({ port, seen, codes }));
process.exit(0);
`;

interface Outcome {
  readonly port: number;
  readonly seen: unknown;
  readonly codes: unknown;
}

function run(env: Readonly<Record<string, string>>): Outcome {
  const { stdout, stderr } = Bun.spawnSync([process.execPath, "-e", PROGRAM, FIXTURES], {
    cwd: import.meta.dir,
    env: { ...process.env, ...env },
  });
  const text = stdout.toString();
  if (!text.startsWith("{")) throw new Error(`The process failed: ${stderr.toString()}`);
  return JSON.parse(text) as Outcome;
}

test("a call to a pinned address asks for its name by SNI, and takes no certificate but that name's", () => {
  const { port, seen, codes } = run({ NODE_EXTRA_CA_CERTS: join(FIXTURES, "certificate.pem") });
  expect(codes).toEqual(["ok", "tls", "ok", "tls"]);
  const asked = ["provider.example", `provider.example:${port}`];
  expect(seen).toEqual([asked, asked]);
});

test("a certificate that nobody vouches for is refused, also where the environment waives the check", () => {
  expect(run({}).codes).toEqual(["tls", "tls", "tls", "tls"]);
  expect(run({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }).codes).toEqual(["tls", "tls", "tls", "tls"]);
});
