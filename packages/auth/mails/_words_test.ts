import { expect, test } from "bun:test";
import { epochMs } from "@postern/std";
import { durationWords, hostOf, momentWords, quoted } from "./_words.ts";

test("momentWords() agrees with the platform's calendar, leap days and century ends included", () => {
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const edges = [
    "1970-01-01",
    "1999-12-31",
    "2000-02-29",
    "2000-03-01",
    "2024-02-29",
    "2100-02-28",
    "2100-03-01",
    "2400-02-29",
  ];
  const moments = edges.map((day) => Date.parse(`${day}T23:59:59.999Z`));
  for (let day = 0; day < 60_000; day += 37) moments.push(day * 86_400_000 + 12_345_678);
  for (const moment of moments) {
    const date = new Date(moment);
    const time = date.toISOString().slice(11, 16);
    expect(momentWords(epochMs(moment))).toBe(`${format.format(date)}, ${time} UTC`);
  }
});

test.each([
  [59_000, "1 minute"],
  [60_000, "1 minute"],
  [30 * 60_000, "30 minutes"],
  [3_600_000, "1 hour"],
  [86_400_000, "24 hours"],
  [172_800_000, "2 days"],
  [604_800_000, "7 days"],
])("durationWords() puts %p ms into words", (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

test.each([
  ["https://id.example.com", "id.example.com"],
  ["http://localhost:8000", "localhost:8000"],
  ["https://[::1]:8443/", "[::1]:8443"],
])("hostOf() reads the host of %p", (url, host) => {
  expect(hostOf(url)).toBe(host);
});

test("quoted() never leaves half of a character", () => {
  expect(quoted(`${"a".repeat(199)}😀`)).toBe(`${"a".repeat(199)}\ufffd`);
});
