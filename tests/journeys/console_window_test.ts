import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser } from "playwright-core";
import { CHROMIUM, openBrowser } from "../support/browser.ts";
import { openConsole, type TestConsole } from "../support/electron/open_console.ts";

let browser: Browser;
let console: TestConsole;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  browser = await openBrowser();
  console = await openConsole(browser);
});

afterAll(async () => {
  await console?.close();
  await browser?.close();
});

const testInBrowser = test.skipIf(CHROMIUM === undefined);

testInBrowser("the page of a fresh console knows no server", async () => {
  const state = await console.verb("state");
  expect(state).toMatchObject({ profiles: [], session: null, storage: "encrypted" });
});
