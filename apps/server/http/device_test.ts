import { expect, test } from "bun:test";
import { describeConsole, describeDevice } from "./device.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Firefox on Windows",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, "Chrome on Linux"],
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/140.0.0.0 Safari/537.36`,
    "Chrome on Linux",
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
    "Edge on Windows",
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36`,
    "Chrome on Android",
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S921B) ${WEBKIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
    "Samsung Internet on Android",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    "Safari on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  [
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`,
    "Chrome on Chrome OS",
  ],
  ["curl/8.5.0", "curl"],
  ["python-requests/2.31.0", "Python"],
  ["python-httpx/0.27.0", "Python"],
  ["Python-urllib/3.11", "Python"],
  ["node", "Node.js"],
  ["undici", "Node.js"],
  ["Bun/1.4.5", "Bun"],
  ["Go-http-client/1.1", "Go"],
  ["okhttp/4.12.0", "OkHttp"],
  ["PostmanRuntime/7.36.0", "Postman"],
  ["Wget/1.21.4", "wget"],
])("describeDevice() takes %p for %p", (userAgent, label) => {
  expect(describeDevice(userAgent).label).toBe(label);
  // And once more, from memory.
  expect(describeDevice(userAgent).label).toBe(label);
});

test("describeDevice() gives browser and system by themselves too", () => {
  expect(
    describeDevice("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"),
  ).toEqual({
    browser: "Firefox",
    os: "Windows",
    label: "Firefox on Windows",
  });
  expect(describeDevice("curl/8.5.0")).toEqual({ browser: "curl", os: null, label: "curl" });
  expect(describeDevice("Something (Windows NT 10.0)")).toEqual({
    browser: null,
    os: "Windows",
    label: "Windows",
  });
});

test.each([
  null,
  "",
  " ",
  "a",
  "/",
  "EvilBrowser/1.0 (<script>alert(1)</script>)",
  "<img src=x onerror=alert(1)>/1 ",
  "<script>/1 x",
  "\u202eevil/1 x",
  "Your account is blocked, call 555/1 now",
  "constructor/1.0",
  "__proto__",
  "toString/1 ",
  "hasOwnProperty/2 x",
  "Generic/1 x",
  "\u0000/\u0000 ",
  "😀/😀 ",
])("describeDevice() tells nothing of %p (text of a stranger on the devices page)", (userAgent) => {
  expect(describeDevice(userAgent)).toEqual({ browser: null, os: null, label: null });
});

test.each([
  ["a".repeat(100_000)],
  ["Mozilla/5.0 (".repeat(10_000)],
  [`Mozilla/5.0 (Macintosh; ${"Version/".repeat(10_000)} FxiOS`],
  [`Macintosh${" FxiOS".repeat(10_000)}`],
  ["/".repeat(100_000)],
  [`${" ".repeat(100_000)}/1`],
  [`Android ${"; ".repeat(50_000)}`],
  [`Opera/9 ${"(".repeat(50_000)}`],
  [`${"1.".repeat(50_000)}Safari/`],
])("describeDevice() is soon done with an absurd text (backtracking)", (userAgent) => {
  const startedAt = performance.now();
  describeDevice(userAgent);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test("describeDevice() holds no more texts than its bound, and stays right (memory exhaustion)", () => {
  for (let n = 0; n < 5_000; n += 1) {
    expect(describeDevice(`curl/${n}`).label).toBe("curl");
  }
});

test("describeConsole() calls a console one, and names its system where that is known", () => {
  const electron = `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} postern/1.0 Chrome/140.0.0.0 Electron/39.0.0 Safari/537.36`;
  expect(describeConsole(electron)).toBe("Postern console on Linux");
  expect(describeConsole("postern-console/1.0 (Windows NT 10.0)")).toBe(
    "Postern console on Windows",
  );
  for (const unknown of [null, "", "<b>x</b>"]) {
    expect(describeConsole(unknown)).toBe("Postern console");
  }
});
