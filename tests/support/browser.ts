/**
 * The system's Chromium, driven by Playwright.
 *
 * @module
 */

import { type Browser, chromium } from "playwright-core";

/** Where Chromium is; `undefined` where there is none, and tests that need it are skipped. */
export const CHROMIUM: string | undefined =
  process.env["POSTERN_CHROMIUM"] || Bun.which("chromium") || undefined;

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** An end to a start that hangs. */
const START_TIMEOUT_MS = 120_000;

/** Starts a browser without a window. Each of its contexts is a person of its own. */
export async function openBrowser(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error("Cannot open a browser: Chromium is not installed");
  return await chromium.launch({ executablePath: CHROMIUM, args: ARGS, timeout: START_TIMEOUT_MS });
}
