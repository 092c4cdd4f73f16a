/**
 * The pages when something is in the way: too many tries, no network, scripts that do not come.
 *
 * @module
 */

import { expect } from "bun:test";
import { GOOD_PASSWORD } from "../support/deployment.ts";
import { openRunningConsole } from "../support/running_console.ts";
import { keepScreenshot } from "./_screenshots.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, press, seeAlert, seeHeading, seeNote, signIn } from "./_steps.ts";

const stage = setStage();

const LOGIN = "/api/v1/auth/login";
const UNREACHABLE = "The server cannot be reached. Check your connection; what you typed is kept.";
const DISCONNECTED = "console: Failed to load resource: net::ERR_INTERNET_DISCONNECTED";

/** Sign-ins that one address may try in a row, and in how long; then one more for each tenth of that. */
const TRIES = 10;
const WINDOW_S = 200;

journey(
  "over the limit the page says how long to wait, counts down, and then lets one in",
  async () => {
    const { deployment } = stage();
    const account = await deployment.newAccount();
    // A minute, as it is by default, would let one more through while a slow machine fills in the form.
    const console = await openRunningConsole(deployment);
    const input = { id: "login_address", count: TRIES, window_s: WINDOW_S };
    expect((await console.call("POST", "limits.update", { input })).status).toBe(200);
    await using person = await stage().person({ isStill: true });
    const { page, address } = person;
    await page.goto("/login");
    const visitor = deployment.visitor({ address });
    const body = { identifier: "nobody", password: "not my password" };
    await Promise.all(Array.from({ length: TRIES }, () => visitor.post(LOGIN, body)));

    await signIn(page, account.username, GOOD_PASSWORD);
    await seeAlert(page, "Too many tries in a short time. Wait a little, then try again.");
    const button = page.locator("button[type=submit]");
    await button.getByText(/^Try again in \d+ s$/).waitFor();
    expect(await button.getAttribute("aria-disabled")).toBe("true");
    const [first = ""] = await button.allInnerTexts();
    await page.getByLabel("Password", { exact: true }).press("Enter");
    await button.click({ force: true });
    await page.locator("button[type=submit]:focus").waitFor();
    await button.filter({ hasText: /Try again/, hasNotText: first }).waitFor();
    await keepScreenshot(page, "login_over_limit");

    await button.getByText("Sign in", { exact: true }).waitFor();
    expect(await page.getByLabel("Email or username").inputValue()).toBe(account.username);
    await press(page, "Sign in");
    await seeHeading(page, `Hello, ${account.username}`);
    expect(person.complaints).toEqual([`429 POST ${LOGIN}`]);
  },
);

journey(
  "without a network, signing in says so, keeps what was typed, and works when it is back",
  async () => {
    const account = await stage().deployment.newAccount();
    await using person = await stage().person({ isStill: true });
    const { page, context } = person;
    await page.goto("/login");
    await seeHeading(page, "Sign in");
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await signIn(page, account.username, GOOD_PASSWORD);
    await seeAlert(page, UNREACHABLE);
    await expectSound(page, "login_offline");
    await context.setOffline(false);
    await press(page, "Sign in");
    await seeHeading(page, `Hello, ${account.username}`);
    expect(person.complaints).toEqual([DISCONNECTED]);
  },
);

journey(
  "a page whose script does not come says so, and comes once the network is back",
  async () => {
    await using person = await stage().person({ isStill: true });
    const { page, context } = person;
    await page.goto("/login");
    await seeHeading(page, "Sign in");
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await page.getByRole("link", { name: "Create an account" }).click();
    await seeHeading(page, "This page did not load");
    await expectSound(page, "page_missing");
    await context.setOffline(false);
    await press(page, "Load again");
    await seeHeading(page, "Create an account");
    await page.goBack();
    await seeHeading(page, "Sign in");
  },
);

journey("one's own pages outlive a network that comes and goes", async () => {
  const account = await stage().deployment.newAccount();
  await using person = await stage().person({ isStill: true });
  const { page, context } = person;
  await arriveSignedIn(page, account);
  await page.goto("/account");
  await page.getByText("This device").waitFor();
  await context.setOffline(true);
  await fill(page, { "Name (optional)": "Ada Lovelace" });
  await press(page, "Save the profile");
  await seeAlert(page, UNREACHABLE);
  await press(page, "Sign out");
  await seeNote(page, UNREACHABLE);
  await context.setOffline(false);
  await press(page, "Save the profile");
  await seeNote(page, "Profile saved");
  expect(await page.getByRole("alert").filter({ hasText: "reached" }).count()).toBe(0);
  expect(new Set(person.complaints)).toEqual(new Set([DISCONNECTED]));
});

journey("a CSRF token that was lost is fetched anew, and nobody notices", async () => {
  const account = await stage().deployment.newAccount();
  await using person = await stage().person();
  const { page, context } = person;
  await arriveSignedIn(page, account);
  await page.goto("/account");
  await fill(page, { "Name (optional)": "Ada" });
  await press(page, "Save the profile");
  await seeNote(page, "Profile saved");
  await context.clearCookies({ name: "csrftoken" });
  await fill(page, { "Name (optional)": "Ada Lovelace" });
  const saved = page.waitForResponse(
    (answer) => answer.request().method() === "PATCH" && answer.ok(),
  );
  await press(page, "Save the profile");
  await saved;
  const [user] = stage().deployment.sql("SELECT name FROM users WHERE id = ?", account.id);
  expect(user).toEqual({ name: "Ada Lovelace" });
  expect(person.complaints).toEqual(["403 PATCH /api/v1/auth/me"]);
});

journey("an access token that was lost is no reason to sign in again", async () => {
  const account = await stage().deployment.newAccount();
  await using person = await stage().person();
  const { page, context } = person;
  await arriveSignedIn(page, account);
  await context.clearCookies({ name: "access_token" });
  await page.reload();
  await seeHeading(page, `Hello, ${account.username}`);
  expect(person.complaints).toEqual([]);
});

journey("an address that is no page says so with 404, and leads back", async () => {
  await using person = await stage().person();
  const answer = await person.page.goto("/no/such/page?x=%3Cscript%3E");
  expect(answer?.status()).toBe(404);
  await seeHeading(person.page, "There is no gate here");
  expect(await person.page.title()).toBe("Not found · Postern");
  await person.page.getByRole("link", { name: "Go to the start" }).click();
  await seeHeading(person.page, "Sign in");
});
