import { expect } from "bun:test";
import type { Locator, Page } from "playwright-core";
import type { Account } from "../support/deployment.ts";
import type { Person, PersonOptions } from "./_person.ts";
import { keepScreenshot } from "./_screenshots.ts";
import { journey, setStage } from "./_stage.ts";
import {
  arriveSignedIn,
  fill,
  landOnSignIn,
  press,
  seeHeading,
  seeNote,
  signIn,
} from "./_steps.ts";

const stage = setStage();

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

/** The promise: how much later than in a living session a click may land on the sign-in page. */
const LANDING_LIMIT_MS = 1_000;

/** How often a promise of time may be broken by a machine that has other things to do. */
const TRIES = 5;

/** Somebody who has signed in on the sign-in page. */
async function seatSignedIn(account: Account, options: PersonOptions = {}): Promise<Person> {
  const person = await stage().person(options);
  await arriveSignedIn(person.page, account);
  return person;
}

/** Longer than the account page takes its lists for fresh. */
const LISTS_FRESH_MS = 2_200;

function devices(page: Page): Locator {
  return page.getByRole("region", { name: "Devices" }).getByRole("listitem");
}

async function openDevices(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^Devices/ }).click();
  await devices(page).getByText("This device").waitFor();
}

/** How long something takes, milliseconds. */
async function timeOf(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function follow(page: Page, link: string, heading: string): Promise<void> {
  await page.getByRole("link", { name: link, exact: true }).click();
  await seeHeading(page, heading);
}

journey("the devices page lists each device, and ends another one's session at once", async () => {
  const account = await stage().deployment.newAccount();
  await using other = await seatSignedIn(account, { userAgent: FIREFOX, scheme: "dark" });
  await using ada = await seatSignedIn(account);
  await openDevices(ada.page);
  await devices(ada.page).filter({ hasText: "Firefox on Windows" }).waitFor();
  const [there] = await devices(ada.page).filter({ hasText: "Firefox on Windows" }).allInnerTexts();
  expect(there).toContain(other.address);
  expect(await devices(ada.page).count()).toBe(3);
  const [here] = await devices(ada.page).first().allInnerTexts();
  expect(here).toContain("This device");
  expect(here).toContain(ada.address);
  expect(here).toMatch(/^Chrom\w+ on Linux/);
  await keepScreenshot(ada.page, "devices");

  const floorMs = await timeOf(() => follow(other.page, "Account", "Account"));
  await other.page.getByText("This device").waitFor();
  await follow(other.page, "Home", `Hello, ${account.username}`);
  const landings = [await landAfterEnd(ada.page, other.page)];
  while (Math.min(...landings) >= floorMs + LANDING_LIMIT_MS && landings.length < TRIES) {
    await signIn(other.page, account.email, account.password);
    await seeHeading(other.page, "Account");
    await follow(other.page, "Home", `Hello, ${account.username}`);
    await ada.page.reload();
    landings.push(await landAfterEnd(ada.page, other.page));
  }
  expect(Math.min(...landings)).toBeLessThan(floorMs + LANDING_LIMIT_MS);
  await other.page.getByText("Your session has ended. Sign in to go on.").waitFor();
  await keepScreenshot(other.page, "devices_ended");
  expect(await other.page.getByText("You are signed in as").count()).toBe(0);

  await signIn(other.page, account.email, account.password);
  await seeHeading(other.page, "Account");
  expect(ada.complaints).toEqual([]);
  // Once the session is over, what the page asks for at that moment is refused, and nothing else.
  expect(other.complaints.filter((line) => !line.startsWith("401 GET "))).toEqual([]);
  expect(other.complaints).toContain("401 GET /api/v1/auth/me");
});

/** Ends the session of the one page by the other, and tells how long its next click takes to the sign-in page. */
async function landAfterEnd(ending: Page, ended: Page): Promise<number> {
  await press(ending, "Sign out Firefox on Windows");
  await seeNote(ending, "Firefox on Windows signed out");
  await ending.locator('ul[aria-label="Devices"]:focus').waitFor();
  // For two seconds the lists that the page has just been given are taken for what there is.
  await Bun.sleep(LISTS_FRESH_MS);
  return await timeOf(() => landOnSignIn(ended));
}

journey("whatever is pressed after the end of a session leads to the sign-in page", async () => {
  const account = await stage().deployment.newAccount();
  await using ada = await seatSignedIn(account);
  await openDevices(ada.page);
  await endOthers(account);
  await fill(ada.page, { "Name (optional)": "Ada" });
  await press(ada.page, "Save the profile");
  await seeHeading(ada.page, "Sign in");
  await ada.page.getByText("Your session has ended. Sign in to go on.").waitFor();

  await signIn(ada.page, account.username, account.password);
  await openDevicesAgain(ada.page);
  await endOthers(account);
  await ada.page.reload();
  await seeHeading(ada.page, "Sign in");
});

/** Ends every session of an account, from a device that is seen nowhere else in the test. */
async function endOthers(account: Account): Promise<void> {
  const device = await stage().deployment.signIn(account);
  const { status } = await device.request("DELETE", "/api/v1/auth/sessions");
  expect(status).toBe(204);
}

/** After signing in one is where one was: at the devices. */
async function openDevicesAgain(page: Page): Promise<void> {
  await seeHeading(page, "Account");
  await devices(page).getByText("This device").waitFor();
  expect(new URL(page.url()).hash).toBe("#devices");
}

journey("signing out everywhere else asks first, ends all others, and keeps this one", async () => {
  const account = await stage().deployment.newAccount();
  await using ada = await seatSignedIn(account, { scheme: "dark" });
  await using phone = await seatSignedIn(account, { userAgent: IPHONE, width: 390 });
  await using other = await seatSignedIn(account, { userAgent: FIREFOX });
  await openDevices(ada.page);
  const opener = ada.page.getByRole("button", { name: "Sign out everywhere else" });
  const dialog = ada.page.getByRole("dialog", { name: "Sign out everywhere else?" });
  await opener.click();
  await dialog.getByText("3 other devices are signed out at once.").waitFor();
  await keepScreenshot(ada.page, "devices_dialog_dark");
  await ada.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await opener.and(ada.page.locator(":focus")).waitFor();
  expect(await devices(ada.page).count()).toBe(4);

  await opener.click();
  await press(dialog, "Sign them out");
  await seeNote(ada.page, "Every other device is signed out");
  await ada.page.getByText("You are signed in nowhere else.").waitFor();
  expect(await devices(ada.page).count()).toBe(1);
  await ada.page.locator('ul[aria-label="Devices"]:focus').waitFor();
  for (const { page } of [phone, other]) await landOnSignIn(page);
  await follow(ada.page, "Home", `Hello, ${account.username}`);
  await ada.page.getByText("Signed in on this device alone").waitFor();
  await ada.page.reload();
  await seeHeading(ada.page, `Hello, ${account.username}`);
  expect(ada.complaints).toEqual([]);
});
