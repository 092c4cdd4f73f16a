/**
 * What people do on the pages, by what they see there: labels, headings, buttons.
 *
 * @module
 */

import type { Locator, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import type { ReceivedMail } from "../support/smtp_peer.ts";

/** What somebody signs up with. */
export interface Newcomer {
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

/** Types into fields, found by their labels. */
export async function fill(
  scope: Page | Locator,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await scope.getByLabel(label, { exact: true }).fill(value);
  }
}

/** Presses a button by its words. */
export async function press(scope: Page | Locator, name: string | RegExp): Promise<void> {
  await scope.getByRole("button", { name, exact: true }).click();
}

/** Waits for the heading of a page. */
export async function seeHeading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

/** Waits for what a page says at once of something that did not work. */
export async function seeAlert(page: Page, words: string): Promise<void> {
  await page.getByRole("alert").getByText(words, { exact: true }).waitFor();
}

/** Waits for a note at the foot of a page that something was done. */
export async function seeNote(page: Page, words: string): Promise<void> {
  await page.getByRole("status").getByText(words, { exact: true }).waitFor();
}

/** Fills in the form of the sign-up page that is shown, and sends it. */
export async function signUp(page: Page, { email, username, password }: Newcomer): Promise<void> {
  await fill(page, { Email: email, Username: username, Password: password });
  await press(page, "Create the account");
  await seeHeading(page, "Check your mail");
}

/** Fills in the form of the sign-in page that is shown, and sends it. */
export async function signIn(page: Page, identifier: string, password: string): Promise<void> {
  await fill(page, { "Email or username": identifier, Password: password });
  await press(page, "Sign in");
}

/**
 * How long a press may find no link any more, milliseconds: the page may have gone on by itself. Short, for it is
 * measured how soon the next page is there.
 */
const GONE_MS = 250;

/**
 * Goes to one's account with a session that is over, up to the sign-in page. A page that asks for something by
 * itself meanwhile finds out before anybody presses anything, and goes there, too.
 */
export async function landOnSignIn(page: Page): Promise<void> {
  const heading = page.getByRole("heading", { level: 1, name: "Sign in", exact: true });
  const link = page.getByRole("link", { name: "Account", exact: true });
  await eventually("the sign-in page is there", async () => {
    if (await heading.isVisible()) return true;
    await link.click({ timeout: GONE_MS }).catch(() => undefined);
    return await heading.isVisible();
  });
}

/** Comes to the sign-in page, and goes home from there as somebody with an account. */
export async function arriveSignedIn(
  page: Page,
  { username, password }: Pick<Newcomer, "username" | "password">,
): Promise<void> {
  await page.goto("/login");
  await signIn(page, username, password);
  await seeHeading(page, `Hello, ${username}`);
}

/** The address that a mail leads to: the same in its text and its HTML. */
export function linkIn({ text, html }: Pick<ReceivedMail, "text" | "html">): string {
  const link = /https?:\/\/\S+#token=[\w-]+/.exec(text)?.[0];
  if (link === undefined) throw new Error(`Cannot find a link in the mail:\n${text}`);
  if (!html.includes(`href="${link}"`)) throw new Error(`The HTML leads elsewhere:\n${html}`);
  return link;
}
