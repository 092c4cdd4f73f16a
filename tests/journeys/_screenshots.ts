/**
 * Pictures of pages, kept in `screenshots/` when asked for with `SCREENSHOTS=1`.
 *
 * @module
 */

import { join, resolve } from "node:path";
import type { Page } from "playwright-core";

const FOLDER = join(resolve(import.meta.dir, "../.."), "screenshots");
const ARE_KEPT = process.env["SCREENSHOTS"] === "1";

/** Keeps a picture of a whole page, when pictures are asked for. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (!ARE_KEPT) return;
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true });
}
