/**
 * The console as it is built: what its window may do, what its page can reach, and who may call main.
 *
 * @module
 */

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { buildConsole, CONSOLE_FOLDER, PACKAGING_FOLDER } from "@postern/console";
import type { Browser } from "playwright-core";
import { CHROMIUM, openBrowser } from "../support/browser.ts";
import { openConsole, type TestConsole } from "../support/electron/open_console.ts";

/** A browser is started, and the console built. */
const LIMIT_MS = 120_000;

setDefaultTimeout(LIMIT_MS);

const VERBS = [
  "request",
  "subscribe",
  "state",
  "onState",
  "saveProfile",
  "removeProfile",
  "openProfile",
  "signIn",
  "cancelSignIn",
  "signOut",
  "stepUp",
  "setWritable",
  "exportEvents",
  "cancelExport",
  "notify",
  "copy",
  "setTheme",
];

let browser: Browser;
let console: TestConsole;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  browser = await openBrowser();
  console = await openConsole(browser);
});

afterAll(async () => {
  await console?.[Symbol.asyncDispose]();
  await browser?.close();
});

const testInBrowser = test.skipIf(CHROMIUM === undefined);

/** Who the page is, as Electron tells main. */
function self() {
  const { webContents } = console.electron.window;
  return { sender: webContents, senderFrame: webContents.mainFrame };
}

testInBrowser("the window is sandboxed, isolated and without Node", () => {
  expect(console.electron.window.options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  });
  expect(console.electron.schemes).toEqual([
    { scheme: "app", privileges: { standard: true, secure: true } },
  ]);
});

testInBrowser("the page has the verbs and nothing else, and cannot change them", async () => {
  const found = await console.page.evaluate(`({
    verbs: Object.keys(window.postern),
    isFrozen: Object.isFrozen(window.postern),
    isKept: (() => { try { window.postern = {}; } catch {} return window.postern.request !== undefined; })(),
    node: [typeof require, typeof process, typeof module, typeof Buffer, typeof window.electron],
  })`);
  expect(found).toEqual({
    verbs: VERBS,
    isFrozen: true,
    isKept: true,
    node: Array.from({ length: 5 }, () => "undefined"),
  });
});

testInBrowser("the page's policy lets it load itself and speak to nobody", async () => {
  const response = await console.page.reload();
  const policy = response?.headers()["content-security-policy"] ?? "";
  for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'none'"]) {
    expect(policy.split("; ")).toContain(part);
  }
  expect(policy).not.toContain("unsafe");
  const tried = await console.page.evaluate(`(async () => {
    const script = document.createElement("script");
    try { script.textContent = "window.wasRun = true"; } catch {}
    try { script.append("window.wasRun = true"); } catch {}
    document.head.append(script);
    const fetched = await fetch("https://evil.example/").then(() => "answered", () => "refused");
    // Text as code, later: what a test evaluates itself is not held to the policy.
    try { setTimeout("window.wasRun = true", 0); } catch {}
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { fetched, wasRun: window.wasRun === true };
  })()`);
  expect(tried).toEqual({ fetched: "refused", wasRun: false });
  expect(console.electron.window.refused.requests).toEqual([]);
});

testInBrowser(
  "the page stays where it is: no navigation, no window, no embedded page",
  async () => {
    const { page } = console;
    const { window } = console.electron;
    const shown = page.url();
    await page.evaluate("location.assign('https://evil.example/')").catch(() => undefined);
    await page.evaluate("location.assign('file:///etc/passwd')").catch(() => undefined);
    await page.evaluate("void window.open('https://evil.example/popup')");
    await page.waitForFunction("window.postern !== undefined");
    expect(page.url()).toBe(shown);
    while (window.refused.windows.length === 0) await Bun.sleep(20);
    while (page.context().pages().length > 1) await Bun.sleep(20);
    expect(window.refused.navigations).toContain("https://evil.example/");
    let isPrevented = false;
    window.webContents.emit("will-attach-webview", {
      preventDefault() {
        isPrevented = true;
      },
    });
    expect(isPrevented).toBe(true);
  },
);

testInBrowser("every permission is denied", () => {
  const { permissions } = console.electron;
  expect(permissions.length).toBe(3);
  for (const name of ["media", "geolocation", "notifications", "clipboard-read", "usb", "hid"]) {
    expect(permissions.map((isGranted) => isGranted(name))).toEqual([false, false, false]);
  }
});

testInBrowser("main answers the page's own main frame alone (forged sender)", async () => {
  const { electron } = console;
  const { sender, senderFrame } = self();
  const forged = [
    { sender: {}, senderFrame },
    { sender, senderFrame: null },
    { sender, senderFrame: { url: senderFrame.url } },
    { sender, senderFrame: { url: "https://evil.example/" } },
  ];
  for (const event of forged) {
    await expect(electron.invoke(event, "postern:state", [null])).rejects.toThrow("Refused");
  }
  expect(await electron.invoke(self(), "postern:state", [null])).toMatchObject({ session: null });
});

testInBrowser("there are no other channels, and none takes what it does not expect", async () => {
  const { electron } = console;
  for (const name of ["postern:eval", "postern:", "toString", "__proto__"]) {
    await expect(electron.invoke(self(), name, [null])).rejects.toThrow("No handler");
  }
  const refused = { ok: false, error: { code: "invalid_request" } };
  const bad: readonly (readonly [string, ...unknown[]])[] = [
    ["postern:request", { type: "subscription", path: "users.list", input: null }],
    ["postern:request", { type: "query", path: "users.list", input: null, token: "x" }],
    ["postern:request", { type: "query", path: 7, input: null }],
    ["postern:request"],
    ["postern:request", { type: "query", path: "users.list", input: null }, "more"],
    ["postern:copy", { text: 7 }],
    ["postern:copy", { text: "x".repeat(1_000_001) }],
    ["postern:save-profile", { name: "x", url: "https://x", color: "pink", production: true }],
    ["postern:subscribe", { id: "not-a-uuid", path: "overview.live", input: {} }],
    ["postern:sign-in", { url: "https://evil.example" }],
  ];
  for (const [name, ...sent] of bad) {
    expect([name, await electron.invoke(self(), name, sent)]).toMatchObject([name, refused]);
  }
});

testInBrowser("only https servers are added, and http ones of this machine", async () => {
  const draft = { name: "Evil", color: "red", production: false } as const;
  for (const url of [
    "http://evil.example",
    "https://user:password@evil.example",
    "https://evil.example/path",
    "https://evil.example?x",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "",
  ]) {
    const saved = await console.verb("saveProfile", { ...draft, url });
    expect([url, saved]).toMatchObject([url, { ok: false, error: { code: "invalid_request" } }]);
  }
  expect((await console.verb("state")).profiles).toEqual([]);
});

function textOf(...path: readonly string[]): Promise<string> {
  return Bun.file(join(CONSOLE_FOLDER, ...path)).text();
}

test("what is built loads nothing but Electron and Node's own modules; the preload only Electron", async () => {
  await buildConsole();
  const main = await textOf("dist/main.js");
  const imported = [...main.matchAll(/^import\s[^;]*?from\s*"([^"]+)";$/gm)].map(
    ([, name]) => name,
  );
  expect(imported).toContain("electron");
  expect(imported.filter((name) => name !== "electron" && !isBuiltin(name ?? ""))).toEqual([]);
  const preload = await textOf("dist/preload.cjs");
  const required = [...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect(new Set(required)).toEqual(new Set(["electron"]));
  expect(preload).not.toContain("node:");
});

test("installers have the fuses set, the archive's integrity checked, and the Electron that was tested", async () => {
  const builder = await Bun.file(join(PACKAGING_FOLDER, "builder.json")).json();
  expect(builder.asar).toBe(true);
  expect(builder.electronFuses).toMatchObject({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
  const { devDependencies } = JSON.parse(await textOf("package.json"));
  expect(builder.electronVersion).toBe(devDependencies.electron);
});
