/**
 * What people do in the console's page: go somewhere, find a row, and read what is said.
 *
 * @module
 */

import type { Locator, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";

/** Waits until the console shows an area, signed in. */
export async function seeArea(page: Page, title: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
}

/** How often keys are pressed that a busy machine lets come too far apart, or before anybody listens. */
const PRESSES_MAX = 10;

/** How long each time is waited for what they bring, milliseconds. */
const BROUGHT_MS = 5_000;

/** Goes to an area by its keys, as somebody does who has learned them. */
export async function jump(page: Page, keys: string, title: string): Promise<void> {
  const heading = page.getByRole("heading", { level: 1, name: title, exact: true });
  await pressUntil(heading, async () => {
    await page.locator("body").press("g");
    await page.locator("body").press(keys);
  });
}

/** Opens the palette by its keys, and gives the field to type into. */
export async function openPalette(page: Page): Promise<Locator> {
  const field = page.getByRole("combobox", { name: "Find a user, an area or a command" });
  await pressUntil(field, () => page.keyboard.press("Control+k"));
  return field;
}

/** Presses keys again until they bring what they are to bring. */
async function pressUntil(brought: Locator, pressKeys: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt < PRESSES_MAX; attempt += 1) {
    await pressKeys();
    const isBrought = await brought.waitFor({ timeout: BROUGHT_MS }).then(
      () => true,
      () => false,
    );
    if (isBrought) return;
  }
  await brought.waitFor();
}

/** Types into the query box of a list, and asks. */
export async function ask(page: Page, query: string): Promise<void> {
  const box = page.getByRole("combobox");
  await box.fill(query);
  await box.press("Escape");
  await box.press("Enter");
}

/** Waits until the query box holds a query. */
export async function seeQuery(page: Page, query: string): Promise<void> {
  const box = page.getByRole("combobox");
  await eventually(`the box holds ${query}`, async () => (await box.inputValue()) === query);
}

/** Rows of the list that is shown. */
export function rows(page: Page): Locator {
  return page.locator("table tbody tr[data-id]");
}

/** Opens the palette, types, and takes what is found first under a name. */
export async function take(page: Page, typed: string, name: string | RegExp): Promise<void> {
  await (await openPalette(page)).fill(typed);
  await page.getByRole("option", { name }).first().click();
}

/** Presses a button of the dialog that is open. */
export async function answer(page: Page, button: string | RegExp): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button }).last().click();
}

/** Waits for a note at the foot of the page. */
export async function seeConsoleNote(page: Page, words: string | RegExp): Promise<void> {
  await page.locator(".pt-toast", { hasText: words }).first().waitFor();
}
