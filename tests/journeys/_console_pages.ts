/**
 * What people do in the console's page: go somewhere, find a row, and read what is said.
 *
 * @module
 */

import type { Locator, Page } from "playwright-core";

/** Waits until the console shows an area, signed in. */
export async function seeArea(page: Page, title: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
}

/** Goes to an area by its keys, as somebody does who has learned them. */
export async function jump(page: Page, keys: string, title: string): Promise<void> {
  await page.locator("body").press("g");
  await page.locator("body").press(keys);
  await seeArea(page, title);
}

/** Types into the query box of a list, and asks. */
export async function ask(page: Page, query: string): Promise<void> {
  const box = page.getByRole("combobox");
  await box.fill(query);
  await box.press("Escape");
  await box.press("Enter");
}

/** Rows of the list that is shown. */
export function rows(page: Page): Locator {
  return page.locator("table tbody tr[data-id]");
}

/** Opens the palette, types, and takes what is found first under a name. */
export async function take(page: Page, typed: string, name: string | RegExp): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a user, an area or a command" }).fill(typed);
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
