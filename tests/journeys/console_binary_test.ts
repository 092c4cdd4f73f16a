/**
 * The console in Electron's own program, under a display that nobody sees: that it starts, and shows its page.
 *
 * Everything else is tried on a double, with Chromium in it. Where the program or the display is missing,
 * this says so in a line, and is skipped.
 *
 * @module
 */

import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildConsole, CONSOLE_FOLDER, findElectron } from "@postern/console";

/** Longest wait for the program to show something: spent on failure alone. */
const PATIENCE_MS = 60_000;

const electron = findElectron();
const xvfb = Bun.which("xvfb-run");
const missing = electron === undefined ? "Electron's program" : "xvfb-run";
const canRun = electron !== undefined && xvfb !== null;
if (!canRun) process.stderr.write(`The console's start is not tested: ${missing} is missing\n`);

interface Target {
  readonly type: string;
  readonly url: string;
  readonly title: string;
}

/** Waits for the address at which the program tells what it shows. */
async function debuggerOf(stderr: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const bytes of stream(stderr)) {
    text += new TextDecoder().decode(bytes);
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(text)?.[1];
    if (port !== undefined) return `http://127.0.0.1:${port}/json/list`;
  }
  throw new Error(`Electron ended: ${text}`);
}

/** Goes on reading after whoever asked has what it wants, so that the program is never held up. */
function stream(stderr: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const [own, rest] = stderr.tee();
  rest.pipeTo(new WritableStream()).catch(() => undefined);
  return own;
}

async function pageAt(address: string): Promise<Target> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const targets = (await (await fetch(address)).json()) as readonly Target[];
    const page = targets.find(({ type, url }) => type === "page" && url.startsWith("app://"));
    if (page !== undefined) return page;
    await Bun.sleep(100);
  }
  throw new Error("The console shows no page");
}

test.skipIf(!canRun)("Electron's own program starts the console and shows its page", async () => {
  await buildConsole();
  const folder = await mkdtemp(join(tmpdir(), "postern-electron-"));
  const program = [xvfb ?? "", "--auto-servernum", electron ?? "", CONSOLE_FOLDER];
  const options = ["--remote-debugging-port=0", `--user-data-dir=${folder}`, "--no-sandbox"];
  const child = Bun.spawn([...program, ...options], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const page = await pageAt(await debuggerOf(child.stderr));
    expect(page.url).toBe("app://console/index.html");
  } finally {
    child.kill();
    await child.exited;
    await rm(folder, { recursive: true, force: true });
  }
});
