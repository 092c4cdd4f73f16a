import { expect, test } from "bun:test";
import { deviceWords } from "./device_words.ts";

function words(userAgent: string | null, kind: "browser" | "api" | "console" = "browser"): string {
  return deviceWords({ kind, user_agent: userAgent });
}

test("deviceWords() names browser and system, and the more special browser first", () => {
  const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36";
  expect(words(chrome)).toBe("Chrome on Linux");
  expect(words(`${chrome} Edg/150.0`)).toBe("Edge on Linux");
  expect(words("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1")).toBe(
    "Safari on iOS",
  );
});

test("deviceWords() falls back to the agent's first word, or the kind", () => {
  expect(words("curl/8.9", "api")).toBe("curl/8.9");
  expect(words(null, "api")).toBe("A program");
  expect(words(null)).toBe("Unknown device");
  expect(words("Electron", "console")).toBe("Console");
});
