import { expect, test } from "bun:test";
import { type Cidr, parseCidr } from "./cidr.ts";
import { type Caller, createClientAddress } from "./client_address.ts";

function proxies(...texts: string[]): Cidr[] {
  return texts.map((text) => {
    const cidr = parseCidr(text);
    if (cidr === undefined) throw new TypeError(`Cannot parse ${text}`);
    return cidr;
  });
}

interface Asked {
  readonly peer?: string | undefined;
  readonly for?: string;
  readonly proto?: string;
}

/** Asks twice, so that what is remembered is checked too. */
function ask(trusted: readonly Cidr[], asked: Asked): Caller {
  const clientAddress = createClientAddress(trusted);
  const forwarded = { for: asked.for ?? null, proto: asked.proto ?? null };
  const first = clientAddress(asked.peer, forwarded);
  expect(clientAddress(asked.peer, forwarded)).toEqual(first);
  return first;
}

const PROXY = proxies("10.0.0.0/8", "2001:db8:aaaa::/48");

test("the peer is the caller where there are no proxies", () => {
  expect(ask([], { peer: "192.0.2.1" })).toEqual({
    ip: "192.0.2.1",
    limitKey: "192.0.2.1",
    isHttps: false,
  });
});

test("X-Forwarded-For of a peer that is not trusted is ignored (address spoofing)", () => {
  expect(ask([], { peer: "192.0.2.1", for: "203.0.113.9" }).ip).toBe("192.0.2.1");
  expect(ask(PROXY, { peer: "192.0.2.1", for: "203.0.113.9" }).ip).toBe("192.0.2.1");
  expect(ask(PROXY, { peer: "11.0.0.1", for: "127.0.0.1" }).ip).toBe("11.0.0.1");
});

test("X-Forwarded-Proto of a peer that is not trusted is ignored (https spoofing)", () => {
  expect(ask([], { peer: "192.0.2.1", proto: "https" }).isHttps).toBe(false);
  expect(ask(PROXY, { peer: "192.0.2.1", proto: "https" }).isHttps).toBe(false);
});

test("the first hop from the right that is no trusted proxy is the caller", () => {
  expect(ask(PROXY, { peer: "10.0.0.1", for: "203.0.113.9" }).ip).toBe("203.0.113.9");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "203.0.113.9, 10.0.0.2" }).ip).toBe("203.0.113.9");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "203.0.113.9,10.0.0.3,10.0.0.2" }).ip).toBe(
    "203.0.113.9",
  );
});

test("what stands left of the first untrusted hop is ignored (prepended X-Forwarded-For)", () => {
  const asked = { peer: "10.0.0.1", for: "127.0.0.1, 198.51.100.7, 203.0.113.9, 10.0.0.2" };
  expect(ask(PROXY, asked).ip).toBe("203.0.113.9");
});

test("at a hop that is no address the last good one is the caller (garbage hop)", () => {
  for (const garbage of [
    "unknown",
    "_hidden",
    "",
    " ",
    "1.2.3.4.5",
    "0x7f.1",
    "::1%eth0",
    "[::1",
  ]) {
    const behind = { peer: "10.0.0.1", for: `203.0.113.9, ${garbage}, 10.0.0.2` };
    expect(ask(PROXY, behind).ip).toBe("10.0.0.2");
    expect(ask(PROXY, { peer: "10.0.0.1", for: `203.0.113.9, ${garbage}` }).ip).toBe("10.0.0.1");
  }
  expect(ask(PROXY, { peer: "10.0.0.1", for: "" }).ip).toBe("10.0.0.1");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "," }).ip).toBe("10.0.0.1");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "203.0.113.9," }).ip).toBe("10.0.0.1");
  expect(ask(PROXY, { peer: "10.0.0.1", for: ",203.0.113.9" }).ip).toBe("203.0.113.9");
});

test("where all hops are trusted, the outermost is the caller", () => {
  expect(ask(PROXY, { peer: "10.0.0.1", for: "10.0.0.3, 10.0.0.2" }).ip).toBe("10.0.0.3");
  expect(ask(PROXY, { peer: "10.0.0.1" }).ip).toBe("10.0.0.1");
  expect(ask(PROXY, { peer: "10.0.0.1", for: ", 10.0.0.2" }).ip).toBe("10.0.0.2");
});

test("hops may carry a port, and IPv6 ones brackets", () => {
  expect(ask(PROXY, { peer: "10.0.0.1", for: "203.0.113.9:4711" }).ip).toBe("203.0.113.9");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "[2001:db8::9]:4711" }).ip).toBe("2001:db8::9");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "[2001:db8::9]" }).ip).toBe("2001:db8::9");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "2001:DB8::0009" }).ip).toBe("2001:db8::9");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "\t203.0.113.9 " }).ip).toBe("203.0.113.9");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "203.0.113.9:" }).ip).toBe("10.0.0.1");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "[2001:db8::9]x" }).ip).toBe("10.0.0.1");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "203.0.113.9:80:80" }).ip).toBe("10.0.0.1");
});

test("a proxy on a dual-stack socket is found in its IPv4 range (::ffff: addresses)", () => {
  expect(ask(PROXY, { peer: "::ffff:10.0.0.1", for: "203.0.113.9" }).ip).toBe("203.0.113.9");
  expect(ask([], { peer: "::ffff:192.0.2.1" }).ip).toBe("192.0.2.1");
  expect(ask(PROXY, { peer: "10.0.0.1", for: "::ffff:203.0.113.9" }).limitKey).toBe("203.0.113.9");
});

test("IPv6 proxies are trusted by their range", () => {
  const asked = { peer: "2001:db8:aaaa::1", for: "2001:db8:bbbb:1:2:3:4:5" };
  expect(ask(PROXY, asked)).toEqual({
    ip: "2001:db8:bbbb:1:2:3:4:5",
    limitKey: "2001:db8:bbbb:1::/64",
    isHttps: false,
  });
});

test("the zone of a link-local peer is no part of its address", () => {
  expect(ask([], { peer: "fe80::1%eth0" }).ip).toBe("fe80::1");
});

test("a peer that the runtime does not tell is one caller, and not trusted", () => {
  const everyone = proxies("0.0.0.0/0", "::/0");
  const asked = { peer: undefined, for: "203.0.113.9", proto: "https" };
  expect(ask(everyone, asked)).toEqual({ ip: "unknown", limitKey: "unknown", isHttps: false });
  expect(ask(everyone, { ...asked, peer: "/run/postern.sock" }).ip).toBe("unknown");
});

test("the scheme is the one that the outermost trusted proxy saw", () => {
  const one = { peer: "10.0.0.1", for: "203.0.113.9" };
  expect(ask(PROXY, { ...one, proto: "https" }).isHttps).toBe(true);
  expect(ask(PROXY, { ...one, proto: "HTTPS" }).isHttps).toBe(true);
  expect(ask(PROXY, { ...one, proto: "http" }).isHttps).toBe(false);
  expect(ask(PROXY, { ...one, proto: "" }).isHttps).toBe(false);
  expect(ask(PROXY, { ...one, proto: "wss" }).isHttps).toBe(false);
  expect(ask(PROXY, one).isHttps).toBe(false);
  expect(ask(PROXY, { peer: "10.0.0.1", proto: "https" }).isHttps).toBe(true);
  const two = { peer: "10.0.0.1", for: "203.0.113.9, 10.0.0.2" };
  expect(ask(PROXY, { ...two, proto: "https, http" }).isHttps).toBe(true);
  expect(ask(PROXY, { ...two, proto: "https" }).isHttps).toBe(true);
});

test("a scheme that the caller wrote before the proxies' own is ignored (prepended X-Forwarded-Proto)", () => {
  const one = { peer: "10.0.0.1", for: "203.0.113.9" };
  expect(ask(PROXY, { ...one, proto: "https, http" }).isHttps).toBe(false);
  const two = { peer: "10.0.0.1", for: "203.0.113.9, 10.0.0.2" };
  expect(ask(PROXY, { ...two, proto: "https, http, http" }).isHttps).toBe(false);
  expect(ask(PROXY, { ...two, proto: "http, https, http" }).isHttps).toBe(true);
});

test("one header behind two peers is two questions (a remembered answer reused)", () => {
  const clientAddress = createClientAddress(proxies("10.0.0.1"));
  const forwarded = { for: "203.0.113.9, 10.0.0.2", proto: null };
  expect(clientAddress("10.0.0.1", forwarded).ip).toBe("10.0.0.2");
  expect(clientAddress("10.0.0.2", forwarded).ip).toBe("10.0.0.2");
  expect(clientAddress("10.0.0.3", forwarded).ip).toBe("10.0.0.3");
  expect(clientAddress("10.0.0.1", { for: "203.0.113.9", proto: null }).ip).toBe("203.0.113.9");
});

test("a flood of addresses is answered right and remembered within bounds (memory exhaustion)", () => {
  const clientAddress = createClientAddress(PROXY);
  for (let n = 0; n < 30_000; n += 1) {
    const ip = `203.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
    expect(clientAddress("10.0.0.1", { for: ip, proto: null }).ip).toBe(ip);
  }
});

test("a header of 16 KiB takes time in line with its length", () => {
  const clientAddress = createClientAddress(PROXY);
  const header = Array.from({ length: 1_800 }, () => "10.0.0.2").join(",");
  const startedAt = performance.now();
  expect(clientAddress("10.0.0.1", { for: header, proto: null }).ip).toBe("10.0.0.2");
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
