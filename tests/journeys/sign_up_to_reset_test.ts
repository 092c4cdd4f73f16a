import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { freshName } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import type { ReceivedMail } from "../support/smtp_peer.ts";
import type { Person, Scheme } from "./_person.ts";
import { keepScreenshot } from "./_screenshots.ts";
import { journey, setStage } from "./_stage.ts";
import {
  fill,
  linkIn,
  type Newcomer,
  press,
  seeAlert,
  seeHeading,
  seeNote,
  signIn,
  signUp,
} from "./_steps.ts";

const stage = setStage();

const FIRST = "correct horse battery staple";
const SECOND = "another horse, same battery";
const THIRD = "a third horse without any";

async function nextMail(to: string, subject: string): Promise<ReceivedMail> {
  const mail = await stage().deployment.smtp.next(to);
  expect(mail.subject).toContain(subject);
  expect(mail.to).toEqual([to]);
  return mail;
}

/** Opens the link of a mail in a tab of its own, as a mail program does. */
async function openLink(person: Person, link: string): Promise<Page> {
  const tab = await person.context.newPage();
  await tab.goto(link);
  await tab.locator("form").waitFor();
  expect(tab.url()).not.toContain("#");
  return tab;
}

async function signOut(page: Page): Promise<void> {
  await press(page, "Sign out");
  await seeHeading(page, "Sign in");
  await page.getByText("You are signed out.").waitFor();
}

async function signUpAndConfirm(person: Person, who: Newcomer, name: string): Promise<Page> {
  await person.page.goto("/");
  await seeHeading(person.page, "Sign in");
  await person.page.getByRole("link", { name: "Create an account" }).click();
  await seeHeading(person.page, "Create an account");
  await signUp(person.page, who);
  await person.page.getByText(who.email).waitFor();
  await keepScreenshot(person.page, `${name}_check_mail`);

  const mail = await nextMail(who.email, "Confirm your email address");
  const tab = await openLink(person, linkIn(mail));
  await press(tab, "Confirm my address");
  await tab.waitForURL("**/dashboard");
  await seeHeading(tab, `Hello, ${who.username}`);
  await keepScreenshot(tab, `${name}_dashboard`);
  await person.page.close();
  return tab;
}

async function signOutAndIn(page: Page, who: Newcomer): Promise<void> {
  await signOut(page);
  await signIn(page, who.email.toUpperCase(), "not my password");
  await seeAlert(page, "That name and password do not match.");
  await signIn(page, who.email.toUpperCase(), who.password);
  await page.waitForURL("**/dashboard");
}

async function changeProfile(page: Page, username: string): Promise<void> {
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await fill(page, { "Name (optional)": "Ada Lovelace", Username: username });
  await press(page, "Save the profile");
  await seeNote(page, "Profile saved");
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await seeHeading(page, "Hello, Ada Lovelace");
  await page.reload();
  await seeHeading(page, "Hello, Ada Lovelace");
}

async function changePassword(page: Page, username: string): Promise<void> {
  await page.getByRole("link", { name: /^Password/ }).click();
  const section = page.getByRole("region", { name: "Password" });
  await fill(section, { "Current password": SECOND, "New password": SECOND });
  await press(section, "Change the password");
  await section.getByText("That is not your current password.").waitFor();
  await fill(section, { "Current password": FIRST });
  await press(section, "Change the password");
  await seeNote(page, "Password changed; every other device is signed out");
  await eventually("the form is empty again", async () => {
    return (await section.getByLabel("New password", { exact: true }).inputValue()) === "";
  });

  await signOut(page);
  await signIn(page, username, FIRST);
  await seeAlert(page, "That name and password do not match.");
  await signIn(page, username, SECOND);
  await page.waitForURL("**/dashboard");
  await signOut(page);
}

async function forgetPassword(person: Person, page: Page, email: string): Promise<string> {
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await fill(page, { Email: email });
  await press(page, "Send the link");
  await seeHeading(page, "Check your mail");
  await page.getByText(email).waitFor();

  const link = linkIn(await nextMail(email, "Set a new password"));
  const tab = await openLink(person, link);
  await fill(tab, { "New password": THIRD });
  await press(tab, "Set the password");
  await seeHeading(tab, "Sign in");
  await tab.getByText("Your new password is set").waitFor();
  await tab.close();
  return link;
}

async function useSpentLink(person: Person, link: string): Promise<void> {
  const tab = await openLink(person, link);
  await fill(tab, { "New password": FIRST });
  await press(tab, "Set the password");
  await seeHeading(tab, "This link no longer works");
  await tab.close();
}

for (const scheme of ["light", "dark"] satisfies readonly Scheme[]) {
  journey(
    `from signing up to a password that was reset, by mail, in ${scheme} colours`,
    async () => {
      const username = freshName();
      const email = `${username}@example.com`;
      await using person = await stage().person({ scheme });
      const name = `journey_${scheme}`;
      const page = await signUpAndConfirm(person, { email, username, password: FIRST }, name);
      await signOutAndIn(page, { email, username, password: FIRST });
      await changeProfile(page, `${username}.lovelace`);
      await changePassword(page, `${username}.lovelace`);
      await nextMail(email, "was changed");
      const link = await forgetPassword(person, page, email);
      await nextMail(email, "was changed");
      await page.goto("/login");
      await signIn(page, email, SECOND);
      await seeAlert(page, "That name and password do not match.");
      await signIn(page, email, THIRD);
      await seeHeading(page, "Hello, Ada Lovelace");
      await useSpentLink(person, link);
      expect(person.complaints).toEqual([
        "401 POST /api/v1/auth/login",
        "403 POST /api/v1/auth/password/change",
        "401 POST /api/v1/auth/login",
        "401 POST /api/v1/auth/login",
        "401 POST /api/v1/auth/password/reset",
      ]);
    },
  );
}
