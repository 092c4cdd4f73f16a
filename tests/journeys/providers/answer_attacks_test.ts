import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { hours, minutes } from "@postern/std";
import {
  type OidcPeer,
  type PeerPath,
  startOidcPeer,
  type Tamper,
} from "../../support/oidc_peer.ts";
import {
  clientAtWork,
  goAndComeBack,
  openidProvider,
  signInBy,
} from "../../support/provider_visit.ts";
import {
  changed,
  hugely,
  redirectedTo,
  refused,
  replacedBy,
  slowly,
  trickling,
  typed,
} from "../../support/tampering.ts";

let peer: OidcPeer;
/** Stands for what an attacker would have the server call. */
let inside: { readonly url: string; calls: number; stop(): Promise<void> };

beforeAll(async () => {
  // Claims are left to userinfo, so that a sign-in asks all four places.
  peer = await startOidcPeer({ hasClaimsInIdToken: false });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch() {
      inside.calls += 1;
      return Response.json({ keys: [] });
    },
  });
  inside = { url: `http://127.0.0.1:${server.port}/`, calls: 0, stop: () => server.stop(true) };
});

beforeEach(() => {
  peer.people.set("ada-1", { sub: "ada-1", email: "ada@example.com", email_verified: true });
  peer.signInAs("ada-1");
});

afterEach(() => peer.behave());

afterAll(async () => {
  await Promise.all([peer.close(), inside.stop()]);
});

const PATHS = ["/.well-known/openid-configuration", "/jwks", "/token", "/me"] as const;

/** Short enough to wait for, and long enough for what answers at once on a busy machine. */
const LIMIT_MS = 800;

/** Signs in while one place answers badly; where it is discovery, tells what came of asking for the URL. */
async function signInWhile(path: PeerPath, tamper: Tamper, timeoutMs?: number) {
  const { client, log } = clientAtWork(timeoutMs === undefined ? {} : { timeoutMs });
  const provider = openidProvider(peer);
  peer.tamper(path, tamper);
  const began = performance.now();
  const visit = { state: "s", codeVerifier: "v".repeat(43), nonce: "n", redirectUri: "r" };
  const result =
    path === "/.well-known/openid-configuration"
      ? await client.authorizationUrl(provider, visit)
      : await signInBy(client, provider);
  const reason = result.ok ? "none" : result.error.reason;
  return { reason, log: JSON.stringify(log), elapsedMs: performance.now() - began };
}

test.each(PATHS)("a slow answer ends with the time limit: %s", async (path) => {
  const { reason, log, elapsedMs } = await signInWhile(path, slowly(10_000), LIMIT_MS);
  expect(reason).toBe("unreachable");
  expect(log).toContain("timeout");
  expect(elapsedMs).toBeLessThan(8_000);
});

test.each(PATHS)("an answer that trickles ends with the time limit: %s", async (path) => {
  const { reason, elapsedMs } = await signInWhile(path, trickling, LIMIT_MS);
  expect(reason).toBe("unreachable");
  expect(elapsedMs).toBeLessThan(8_000);
});

test.each(PATHS)("an answer that is too large is not read to its end: %s", async (path) => {
  const { reason, log, elapsedMs } = await signInWhile(path, hugely(1_000_000_000));
  expect(reason).toBe("bad_answer");
  expect(log).toContain("too_large");
  expect(elapsedMs).toBeLessThan(10_000);
});

test.each(PATHS)(
  "a redirect is not followed, to this machine or elsewhere (SSRF): %s",
  async (path) => {
    const { reason, log } = await signInWhile(path, redirectedTo(inside.url));
    expect(reason).toBe("bad_answer");
    expect(log).toContain("redirect");
    expect(inside.calls).toBe(0);
  },
);

test.each(PATHS)("garbage is refused: %s", async (path) => {
  const texts = [
    "",
    "<html>",
    "null",
    "[]",
    "7",
    '"text"',
    '{"a":1,"a":2}',
    "{".repeat(100),
    "\ufeff{}",
  ];
  for (const text of texts) {
    expect((await signInWhile(path, replacedBy(text))).reason).toBe("bad_answer");
  }
});

test.each(PATHS)("an answer of another type is refused: %s", async (path) => {
  for (const type of ["text/html", "text/plain", "application/jwt", "text/json", ""]) {
    const { reason, log } = await signInWhile(path, typed(type));
    expect(reason).toBe("bad_answer");
    expect(log).toContain("content_type");
  }
});

test.each(PATHS)(
  "an answer that is packed is refused, however small (decompression bomb): %s",
  async (path) => {
    const packed = Bun.gzipSync(Buffer.alloc(100_000_000, " "));
    const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
    const { reason, log } = await signInWhile(path, () => new Response(packed, { headers }));
    expect(reason).toBe("bad_answer");
    expect(log).toContain("content_encoding");
  },
);

test.each(PATHS)(
  "a provider that is out of order is told apart from one that answers badly: %s",
  async (path) => {
    expect((await signInWhile(path, refused("oops", 503))).reason).toBe("unreachable");
    expect((await signInWhile(path, refused("oops", 418))).reason).toBe("bad_answer");
  },
);

test("metadata that names another issuer is refused", async () => {
  for (const issuer of ["https://evil.example", `${peer.issuer}/`, peer.issuer.toUpperCase(), 7]) {
    const document = changed({ issuer });
    const { reason } = await signInWhile("/.well-known/openid-configuration", document);
    expect(reason).toBe("bad_answer");
  }
});

test("metadata that leads to plain http, private addresses or other schemes is refused (SSRF)", async () => {
  const places = [
    "http://provider.example/keys",
    "http://169.254.169.254/latest/meta-data",
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/",
    "https://[fd00::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://user:password@provider.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "",
  ];
  const fields = ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"];
  for (const field of fields) {
    for (const place of places) {
      const document = changed({ [field]: place });
      const { reason } = await signInWhile("/.well-known/openid-configuration", document);
      expect(`${field} ${place}: ${reason}`).toBe(`${field} ${place}: bad_answer`);
    }
  }
});

test("metadata without a way to authenticate by a secret, or without an asymmetric algorithm, is refused", async () => {
  const documents = [
    { token_endpoint_auth_methods_supported: ["private_key_jwt", "none"] },
    { id_token_signing_alg_values_supported: ["HS256", "none"] },
    { jwks_uri: undefined },
    { token_endpoint: undefined },
  ];
  for (const fields of documents) {
    const { reason } = await signInWhile("/.well-known/openid-configuration", changed(fields));
    expect(reason).toBe("bad_answer");
  }
});

test("keys beyond number, or that are none, are refused", async () => {
  const key = { kty: "RSA", n: "AQAB", e: "AQAB" };
  for (const keys of [Array.from({ length: 101 }, () => key), [{}], ["key"], {}, null]) {
    expect((await signInWhile("/jwks", replacedBy(JSON.stringify({ keys })))).reason).toBe(
      "bad_answer",
    );
  }
});

test("a token answer without a usable bearer token is refused", async () => {
  const answers = [
    { access_token: undefined },
    { access_token: "" },
    { access_token: "two words" },
    { access_token: "a\r\nX-Injected: yes" },
    { access_token: "x".repeat(20_000) },
    { token_type: "mac" },
    { token_type: undefined },
    { refresh_token: "a\nb" },
    { expires_in: -1 },
    { expires_in: 1e300 },
    { expires_in: "soon" },
  ];
  for (const fields of answers) {
    const { reason } = await signInWhile("/token", changed(fields));
    expect(`${JSON.stringify(fields)}: ${reason}`).toBe(`${JSON.stringify(fields)}: bad_answer`);
  }
});

test("a server on https calls nothing on its own machine", async () => {
  const { client, log } = clientAtWork({ publicUrl: "https://id.example.org" });
  const calls = peer.calls.length;
  const visit = { state: "s", codeVerifier: "v".repeat(43), nonce: "n", redirectUri: "r" };
  const url = await client.authorizationUrl(openidProvider(peer), visit);
  expect(url).toEqual({ ok: false, error: { code: "provider_error", reason: "unreachable" } });
  expect(JSON.stringify(log)).toContain("bad_url");
  expect(peer.calls.length).toBe(calls);
});

test("keys that were rotated are found at the next sign-in, and asked for at most once a minute", async () => {
  const rotating = await startOidcPeer();
  rotating.people.set("ada-1", { sub: "ada-1" });
  rotating.signInAs("ada-1");
  const { client, clock } = clientAtWork();
  const provider = openidProvider(rotating);
  const keyCalls = () => rotating.calls.filter(({ path }) => path === "/jwks").length;
  expect((await signInBy(client, provider)).ok).toBe(true);
  expect(keyCalls()).toBe(1);
  await rotating.rotateKeys();
  clock.advance(minutes(1));
  expect((await signInBy(client, provider)).ok).toBe(true);
  expect(keyCalls()).toBe(2);
  // A flood of tokens by keys that there are not.
  rotating.forgeIdToken((claims, sign) => sign(claims, "foreign"));
  for (let visit = 0; visit < 5; visit += 1) {
    expect((await signInBy(client, provider)).ok).toBe(false);
  }
  expect(keyCalls()).toBe(2);
  clock.advance(minutes(1));
  expect((await signInBy(client, provider)).ok).toBe(false);
  expect(keyCalls()).toBe(3);
  await rotating.close();
});

test("a key that is taken back is not trusted beyond an hour", async () => {
  const rotating = await startOidcPeer();
  rotating.people.set("ada-1", { sub: "ada-1" });
  rotating.signInAs("ada-1");
  const { client, clock } = clientAtWork();
  const provider = openidProvider(rotating);
  expect((await signInBy(client, provider)).ok).toBe(true);
  // The old key still signs, but is no longer told of.
  rotating.tamper("/jwks", replacedBy('{"keys":[]}'));
  clock.advance(hours(1));
  const back = await goAndComeBack(client, provider);
  rotating.forgeIdToken((claims, sign) => {
    const iat = Math.floor(clock.now() / 1_000);
    return sign({ ...claims, iat, exp: iat + 60 });
  });
  const exchanged = await client.exchange(provider, back);
  expect(exchanged).toMatchObject({ ok: false, error: { reason: "bad_id_token" } });
  await rotating.close();
});

test("metadata and keys that were held serve while the provider's own do not answer, for a day", async () => {
  const { client, clock } = clientAtWork();
  const provider = openidProvider(peer);
  expect((await signInBy(client, provider)).ok).toBe(true);
  for (const path of ["/.well-known/openid-configuration", "/jwks"] as const) {
    peer.tamper(path, refused("oops", 503));
  }
  peer.forgeIdToken((claims, sign) => {
    const iat = Math.floor(clock.now() / 1_000);
    return sign({ ...claims, iat, exp: iat + 60 });
  });
  clock.advance(hours(24));
  expect((await signInBy(client, provider)).ok).toBe(true);
  const calls = peer.calls.length;
  // Not asked again within the minute: sign-in asks the token endpoint and userinfo alone.
  expect((await signInBy(client, provider)).ok).toBe(true);
  const asked = peer.calls.slice(calls).map(({ path }) => path);
  expect(asked).not.toContain("/jwks");
  expect(asked).not.toContain("/.well-known/openid-configuration");
  clock.advance(hours(2));
  await expect(signInBy(client, provider)).rejects.toThrow(
    "Cannot go to the provider: unreachable",
  );
});

test("a provider that is down is unreachable, and back again when it is", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(peer);
  await peer.goDown();
  const visit = { state: "s", codeVerifier: "v".repeat(43), nonce: "n", redirectUri: "r" };
  const url = await client.authorizationUrl(provider, visit);
  expect(url).toMatchObject({ ok: false, error: { reason: "unreachable" } });
  peer.comeBack();
  expect((await signInBy(client, provider)).ok).toBe(true);
});
