import { expect, test } from "bun:test";
import { splitLinks } from "./split_links.ts";

function links(text: string): string[] {
  return splitLinks(text).flatMap((part) => (part.href === undefined ? [] : [part.text]));
}

test("splitLinks() finds addresses and leaves the stop after them", () => {
  const address = "https://login.example/verify-email#token=a_b-c";
  expect(splitLinks(`Open ${address}. Or not.`)).toEqual([
    { at: 0, text: "Open " },
    { at: 5, text: address, href: address },
    { at: 51, text: ". Or not." },
  ]);
});

test("splitLinks() keeps a bracket that was opened within the address, and no other", () => {
  expect(links("(see https://a.example/x_(y))")).toEqual(["https://a.example/x_(y)"]);
  expect(links("[https://a.example/], **http://b.example/c**!")).toEqual([
    "https://a.example/",
    "http://b.example/c",
  ]);
});

test("splitLinks() makes no link of a host that goes elsewhere than it reads (look-alike)", () => {
  expect(links("https://\u0430\u0440\u0440\u04cf\u0435.com/login")).toEqual([]);
  expect(links("https://good.example\u200b.evil.example/")).toEqual([]);
  expect(links("https://0x7f.1/ and https://B\u00fccher.example")).toEqual([]);
  expect(links("HTTPS://Login.Example:8443/x")).toEqual(["HTTPS://Login.Example:8443/x"]);
  expect(links("https://xn--bcher-kva.example")).toEqual(["https://xn--bcher-kva.example"]);
});

test("splitLinks() gives the text back whole, part by part", () => {
  const texts = [
    "",
    "none",
    "http://a",
    "http://a http://b\nhttp://c!",
    "javascript:alert(1)",
    "x http://",
  ];
  for (const text of [...texts, `https://a.example/${")".repeat(50)}`]) {
    const parts = splitLinks(text);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    for (const part of parts) expect(text.slice(part.at)).toStartWith(part.text);
  }
});

test("splitLinks() takes nothing but http and https for an address (script in a link)", () => {
  for (const text of [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)//https:",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x file:///etc/passwd",
    "<a href='javascript:x'>",
    "http://",
    "https://[",
  ]) {
    expect(links(text)).toEqual([]);
  }
  expect(links(`https://a.example/"onclick="x`)).toEqual(["https://a.example/"]);
});

test("splitLinks() makes no link of an address that hides its host (lookalike)", () => {
  expect(links("https://bank.example@evil.example/")).toEqual([]);
  expect(links("https://bank.example:x@evil.example/")).toEqual([]);
  expect(links("https://a.example/\u202emoc.live")).toEqual(["https://a.example/"]);
});

test("splitLinks() drops any number of brackets that nothing opened", () => {
  expect(links(`https://a.example/${")".repeat(4_000)}`)).toEqual(["https://a.example/"]);
});
