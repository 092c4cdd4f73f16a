/**
 * The rules for a new password, as they are met: on every page where one is chosen.
 *
 * @module
 */

import { expect } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, linkIn, seeHeading } from "./_steps.ts";

const stage = setStage();

const UNCOMMON = "Not on lists of common passwords";
const UNLIKE = "Not close to your username, address or name";

/** Waits until the rules that the server judges are said to be so. */
async function seeJudged(page: Page, uncommon: string, unlike: string): Promise<void> {
  const rules: Locator = page.getByRole("list", { name: "Rules for the password" });
  await rules.getByText(`${UNCOMMON}: ${uncommon}`).waitFor();
  await rules.getByText(`${UNLIKE}: ${unlike}`).waitFor();
}

/** Chooses passwords, good and bad, for somebody whose username and address are given. */
async function tryPasswords(
  page: Page,
  label: string,
  { username, email }: { readonly username: string; readonly email: string },
): Promise<void> {
  const password = page.getByLabel(label, { exact: true });
  await seeJudged(page, "not checked yet", "not checked yet");
  await password.fill("passwordpassword");
  await seeJudged(page, "not met yet", "met");
  await password.fill(`${username}${username}`);
  await seeJudged(page, "met", "not met yet");
  await password.fill(email);
  await seeJudged(page, "met", "not met yet");
  await password.fill("too short");
  await seeJudged(page, "not checked yet", "not checked yet");
  await password.fill("seven brass gears turning");
  await seeJudged(page, "met", "met");
}

journey("signing up tells of them, also when another name is typed afterwards", async () => {
  await using person = await stage().person();
  const { page } = person;
  await page.goto("/signup");
  const who = { email: "brasswork@example.com", username: "clockmaker" };
  await fill(page, { Email: who.email, Username: who.username });
  await tryPasswords(page, "Password", who);
  await fill(page, { Username: "seven.brass.gears" });
  await seeJudged(page, "met", "not met yet");
  await fill(page, { Username: "clockmaker" });
  await seeJudged(page, "met", "met");
  expect(person.complaints).toEqual([]);
});

journey("a reset by link tells of them, by whose account it is", async () => {
  const { deployment, person: seat } = stage();
  const account = await deployment.newAccount();
  await deployment.visitor().post("/api/v1/auth/password/forgot", { email: account.email });
  const { mail } = await deployment.nextLink(account.email);
  await using person = await seat();
  const { page } = person;
  const { pathname, hash } = new URL(linkIn(mail));
  await page.goto(`${pathname}${hash}`);
  await seeHeading(page, "Set a new password");
  await tryPasswords(page, "New password", account);
  expect(person.complaints).toEqual([]);
});

journey("a change tells of them, by who is signed in", async () => {
  const { deployment, person: seat } = stage();
  const account = await deployment.newAccount();
  await using person = await seat();
  const { page } = person;
  await arriveSignedIn(page, account);
  await page.goto("/account");
  await tryPasswords(page, "New password", account);
  expect(person.complaints).toEqual([]);
});

journey("the first owner's page tells of them", async () => {
  const { deployment, person: seat } = stage();
  const [link] = (await deployment.admin("create-owner", "--json")).objects();
  const { hash, pathname } = new URL(String(link?.["setup_url"]));
  await using person = await seat();
  const { page } = person;
  await page.goto(`${pathname}${hash}`);
  await seeHeading(page, "Set up this server");
  const who = { email: "brasswork@example.com", username: "clockmaker" };
  await fill(page, { Email: who.email, Username: who.username });
  await tryPasswords(page, "Password", who);
  expect(person.complaints).toEqual([]);
});

journey("without an answer of the server they stay open, and nothing is in the way", async () => {
  await using person = await stage().person();
  const { page } = person;
  await page.route("**/password/check", (route) => route.abort());
  await page.goto("/signup");
  await fill(page, { Password: "seven brass gears turning" });
  await seeJudged(page, "not checked yet", "not checked yet");
  const rules = page.getByRole("list", { name: "Rules for the password" });
  await rules.getByText(/^At least 12 characters.*: met$/).waitFor();
});
