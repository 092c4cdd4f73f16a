/**
 * Every page in both schemes and at three widths: no complaint of the browser, nothing that axe
 * finds, and no sideways scrolling.
 *
 * @module
 */

import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { asked, newAdmin } from "../support/console.ts";
import { hashOf } from "../support/console_key.ts";
import { type Account, freshName, GOOD_PASSWORD } from "../support/deployment.ts";
import type { Person } from "./_person.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, press, seeHeading, seeNote, signUp } from "./_steps.ts";

const stage = setStage();

/** A page as it is when one has come to it and done something there. */
interface View {
  readonly name: string;
  readonly path: string;
  readonly heading: string | RegExp;
  /** What is done there, up to what is then waited for. */
  readonly act?: (page: Page) => Promise<void>;
  /** Refusals that come with it. */
  readonly refusals?: readonly string[];
}

/** Of somebody whose name ends in whichever number was free. */
const HELLO = /^Hello, visitor/;

const TOKEN = `#token=${"A".repeat(43)}`;

const STRANGER_VIEWS: readonly View[] = [
  { name: "login", path: "/", heading: "Sign in" },
  { name: "login_error", path: "/login?error=state_mismatch", heading: "Sign in" },
  { name: "login_empty", path: "/login", heading: "Sign in", act: sendNothing },
  { name: "signup", path: "/signup", heading: "Create an account" },
  {
    name: "signup_refused",
    path: "/signup",
    heading: "Create an account",
    act: signUpBadly,
    refusals: ["422 POST /api/v1/auth/signup"],
  },
  { name: "check_mail", path: "/signup", heading: "Check your mail", act: signUpWell },
  { name: "check_mail_bare", path: "/check-mail", heading: "Check your mail" },
  { name: "verify_email", path: `/verify-email${TOKEN}`, heading: "Confirm your address" },
  { name: "verify_email_bare", path: "/verify-email", heading: "Open the link from your mail" },
  { name: "forgot", path: "/forgot-password", heading: "Forgotten password" },
  { name: "forgot_sent", path: "/forgot-password", heading: "Check your mail", act: forget },
  { name: "reset", path: `/reset-password${TOKEN}`, heading: "Set a new password" },
  {
    name: "reset_spent",
    path: `/reset-password${TOKEN}`,
    heading: "This link no longer works",
    act: resetInVain,
    refusals: ["401 POST /api/v1/auth/password/reset"],
  },
  { name: "invitation", path: `/invitation${TOKEN}`, heading: "Make your account" },
  { name: "invitation_bare", path: "/invitation", heading: "Open the link in the invitation" },
  { name: "setup", path: `/setup${TOKEN}`, heading: "Set up this server" },
  { name: "setup_bare", path: "/setup", heading: "Open the link that the server printed" },
  {
    name: "setup_spent",
    path: `/setup${TOKEN}`,
    heading: "This link no longer works",
    act: setUpInVain,
    refusals: ["401 POST /setup"],
  },
  { name: "undo_email", path: `/undo-email${TOKEN}`, heading: "Take your account back" },
  {
    name: "not_found",
    path: "/nowhere",
    heading: "There is no gate here",
    refusals: ["404 GET /nowhere"],
  },
  { name: "docs", path: "/api/v1/docs", heading: "The API", act: openCall },
];

const OWN_VIEWS: readonly View[] = [
  { name: "dashboard", path: "/", heading: HELLO },
  { name: "chat", path: "/chat", heading: "Chat", act: seeNoConversations },
  { name: "account", path: "/account", heading: "Account", act: seeDevices },
  { name: "account_dialog", path: "/account", heading: "Account", act: askToEndOthers },
  {
    name: "account_refused",
    path: "/account",
    heading: "Account",
    act: changePasswordBadly,
    refusals: ["422 POST /api/v1/auth/password/change"],
  },
  { name: "account_saved", path: "/account", heading: "Account", act: saveProfile },
  { name: "login_signed_in", path: "/login", heading: "Sign in", act: seeWayOn },
];

async function seeNoConversations(page: Page): Promise<void> {
  await page.getByText("No conversations yet.").waitFor();
}

async function seeDevices(page: Page): Promise<void> {
  await page.getByText("This device").waitFor();
}

async function askToEndOthers(page: Page): Promise<void> {
  await press(page, "Sign out everywhere else");
  await page.getByRole("dialog").getByText("at once").waitFor();
}

async function changePasswordBadly(page: Page): Promise<void> {
  await seeDevices(page);
  const section = page.getByRole("region", { name: "Password" });
  await fill(section, { "Current password": GOOD_PASSWORD, "New password": "short" });
  await press(section, "Change the password");
  await section.locator("[aria-invalid=true]").waitFor();
}

async function saveProfile(page: Page): Promise<void> {
  await seeDevices(page);
  await fill(page, { "Name (optional)": "Ada Lovelace" });
  await press(page, "Save the profile");
  await seeNote(page, "Profile saved");
}

async function seeWayOn(page: Page): Promise<void> {
  await page.getByText("You are signed in as").waitFor();
}

async function seeAskedAgain(page: Page): Promise<void> {
  await page.getByText("You are signed in as").waitFor();
}

async function sendNothing(page: Page): Promise<void> {
  await press(page, "Sign in");
  await page.getByText("Enter your password").waitFor();
}

async function signUpBadly(page: Page): Promise<void> {
  await fill(page, { Email: "nowhere", Username: "a b", Password: "123456789012" });
  await press(page, "Create the account");
  await page.locator("[aria-invalid=true]").first().waitFor();
}

async function signUpWell(page: Page): Promise<void> {
  const username = freshName();
  await signUp(page, { username, email: `${username}@example.com`, password: "eleven blue boats" });
}

async function forget(page: Page): Promise<void> {
  await fill(page, { Email: "nobody@example.com" });
  await press(page, "Send the link");
}

async function resetInVain(page: Page): Promise<void> {
  await fill(page, { "New password": "eleven blue boats" });
  await press(page, "Set the password");
}

async function setUpInVain(page: Page): Promise<void> {
  const who = { Email: "a@example.com", Username: "a1b" };
  await fill(page, { ...who, Password: "eleven blue boats" });
  await press(page, "Become an owner");
}

async function openCall(page: Page): Promise<void> {
  await page.locator("summary").first().click();
}

/** Nothing moves, and nothing that is shown is still under way. */
async function seatViewer(view: View, account?: Account): Promise<Person> {
  const person = await stage().person({ isStill: true });
  if (account !== undefined) await arriveSignedIn(person.page, account);
  await person.page.goto(view.path);
  await view.act?.(person.page);
  await seeHeading(person.page, view.heading);
  await person.page.getByRole("status", { name: /^Loading/ }).waitFor({ state: "detached" });
  return person;
}

const ASKED = `/oauth/authorize?${new URLSearchParams(asked())}`;

const SET_ROLE = { id: "1", role: "security" };
const OPERATION = {
  operation: `users.setRole:${hashOf(JSON.stringify(SET_ROLE))}`,
  operation_input: JSON.stringify(SET_ROLE),
};

const ADMIN_VIEWS: readonly View[] = [
  { name: "authorize", path: ASKED, heading: "Let this console in?" },
  {
    name: "authorize_operation",
    path: `/oauth/authorize?${new URLSearchParams(asked(OPERATION))}`,
    heading: "Confirm this operation",
  },
  { name: "login_again", path: "/login?again=1", heading: "Sign in", act: seeAskedAgain },
  {
    name: "authorize_bad_redirect",
    path: `/oauth/authorize?${new URLSearchParams(asked({ redirect_uri: "https://x.example/" }))}`,
    heading: "This is not a console of ours",
    refusals: ["400 GET /oauth/authorize"],
  },
];

for (const view of STRANGER_VIEWS) {
  journey(`a stranger's page is sound: ${view.name}`, async () => {
    await using person = await seatViewer(view);
    await expectSound(person.page, view.name);
    expect(person.complaints).toEqual([...(view.refusals ?? [])]);
  });
}

for (const view of OWN_VIEWS) {
  journey(`a user's page is sound: ${view.name}`, async () => {
    const account = await stage().deployment.newAccount();
    await using person = await seatViewer(view, account);
    await expectSound(person.page, view.name);
    expect(person.complaints).toEqual([...(view.refusals ?? [])]);
  });
}

for (const view of ADMIN_VIEWS) {
  journey(`an administrator's page is sound: ${view.name}`, async () => {
    const { account } = await newAdmin(stage().deployment);
    await using person = await seatViewer(view, account);
    await expectSound(person.page, view.name);
    expect(person.complaints).toEqual([...(view.refusals ?? [])]);
  });
}

journey("a user's page is sound: authorize_no_role", async () => {
  const account = await stage().deployment.newAccount();
  const heading = "You do not administer this server";
  await using person = await seatViewer({ name: "", path: ASKED, heading }, account);
  await expectSound(person.page, "authorize_no_role");
  expect(person.complaints).toEqual(["403 GET /oauth/authorize"]);
});

journey("an administrator's page is sound: authorize_short_password", async () => {
  const { deployment } = stage();
  const account = await deployment.newAccount({ password: "fourteen chars" });
  deployment.sql("UPDATE users SET role = 'owner' WHERE username = ?", account.username);
  const heading = "Your password is too short for this";
  await using person = await seatViewer({ name: "", path: ASKED, heading }, account);
  await expectSound(person.page, "authorize_short_password");
  expect(person.complaints).toEqual(["403 GET /oauth/authorize"]);
});
