import { expect, test } from "bun:test";
import { reachOf } from "./_public_address.ts";

test("reachOf() takes public addresses for public", () => {
  for (const address of ["8.8.8.8", "140.82.121.4", "2001:4860:4860::8888", "2a00:1450:4001::"]) {
    expect(`${address} ${reachOf(address)}`).toBe(`${address} public`);
  }
});

test("reachOf() knows this machine", () => {
  for (const address of ["127.0.0.1", "127.255.255.254", "::1"]) {
    expect(`${address} ${reachOf(address)}`).toBe(`${address} loopback`);
  }
});

test("reachOf() takes nothing private, special or disguised for public (SSRF)", () => {
  const addresses = [
    // Private, link-local with cloud metadata, carrier-grade NAT, "this network", multicast, reserved.
    ...["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1"],
    ...["0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
    ...["192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1"],
    // Unspecified, link-local, unique local, site-local, multicast, documentation, discard.
    ...["::", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1"],
    // IPv4 in disguise: mapped, translated, compatible, NAT64, 6to4, Teredo.
    ...["::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "::ffff:0:10.0.0.1", "::10.0.0.1"],
    ...["64:ff9b::10.0.0.1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "2002:a00:1::", "2001::1"],
    // Not allocated for global unicast.
    ...["4000::1", "1::1", "5f00::1", "3fff::1"],
  ];
  for (const address of addresses) {
    expect(`${address} ${reachOf(address)}`).toBe(`${address} other`);
  }
});

test("reachOf() takes odd spellings for nothing that may be called", () => {
  const texts = [
    "",
    "localhost",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "2130706433",
    "fe80::1%eth0",
  ];
  for (const text of [...texts, "8.8.8.8%eth0", "[2001:4860:4860::8888]", "8.8.8.8 ", "::1::"]) {
    expect(`${text} ${reachOf(text)}`).toBe(`${text} other`);
  }
});
