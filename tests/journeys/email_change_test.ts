import { expect } from "bun:test";
import { type Account, freshName, GOOD_PASSWORD } from "../support/deployment.ts";
import type { ReceivedMail } from "../support/smtp_peer.ts";
import { keepScreenshot } from "./_screenshots.ts";
import { journey, setStage } from "./_stage.ts";
import {
  arriveSignedIn,
  fill,
  landOnSignIn,
  linkIn,
  press,
  seeHeading,
  seeNote,
  signIn,
  signUp,
} from "./_steps.ts";

const stage = setStage();

async function nextMail(to: string): Promise<ReceivedMail> {
  return await stage().deployment.smtp.next(to);
}

/** A person at their own browser, signed in, whose account is about to have another address. */
async function seatOwner(account: Account) {
  const person = await stage().person();
  await arriveSignedIn(person.page, account);
  await person.page.goto("/account#email");
  return { person, section: person.page.getByRole("region", { name: "Email" }) };
}

journey(
  "an address is changed by the link to the new one, and put back by the old one's",
  async () => {
    const account = await stage().deployment.newAccount();
    const email = `${freshName()}@elsewhere.example`;
    const { person, section } = await seatOwner(account);
    await using owner = person;
    const { page } = owner;
    await fill(section, { "New address": email, "Current password": "not my password" });
    await press(section, "Change the address");
    await section.getByText("That is not your current password.").waitFor();
    await fill(section, { "Current password": GOOD_PASSWORD });
    await press(section, "Change the address");
    await section.getByText(`If ${email} can be used, a link is on its way to it.`).waitFor();
    await section.getByText(`Your address is ${account.email}.`).waitFor();

    await page.goto(linkIn(await nextMail(email)));
    await press(page, "Confirm my address");
    await seeNote(page, "Your address is confirmed");
    await page.getByText(`${account.username}, ${email}`).waitFor();

    const notice = await nextMail(account.email);
    expect(notice.subject).toContain("has another email address now");
    await page.goto(linkIn(notice));
    await seeHeading(page, "Take your account back");
    await keepScreenshot(page, "undo_email");
    await press(page, "Put this address back");
    await seeHeading(page, "The address is back");
    await page.goto("/account");
    await seeHeading(page, "Sign in");
    await signIn(page, account.email, GOOD_PASSWORD);
    await section.getByText(`Your address is ${account.email}.`).waitFor();
    // Once the session is over, what the page asks for at that moment is refused.
    const others = owner.complaints.filter((line) => !line.startsWith("401 GET "));
    expect(others).toEqual(["403 POST /api/v1/auth/email/change"]);
    expect(owner.complaints).toContain("401 GET /api/v1/auth/me");
  },
);

journey(
  "the old address's link takes the account back in a browser that never saw it",
  async () => {
    const account = await stage().deployment.newAccount();
    const email = `${freshName()}@elsewhere.example`;
    const { person, section } = await seatOwner(account);
    await using thief = person;
    await fill(section, { "New address": email, "Current password": GOOD_PASSWORD });
    await press(section, "Change the address");
    await thief.page.goto(linkIn(await nextMail(email)));
    await press(thief.page, "Confirm my address");
    await seeHeading(thief.page, `Hello, ${account.username}`);

    await using owner = await stage().person({ scheme: "dark" });
    const link = linkIn(await nextMail(account.email));
    await owner.page.goto(link);
    await press(owner.page, "Put this address back");
    await seeHeading(owner.page, "The address is back");
    await landOnSignIn(thief.page);

    await owner.page.goto("/");
    await owner.page.goto(link);
    await press(owner.page, "Put this address back");
    await seeHeading(owner.page, "This link no longer works");
    expect(owner.complaints).toEqual(["401 POST /api/v1/auth/email/undo"]);
  },
);

journey("a signup that is confirmed from a foreign browser asks for its password", async () => {
  const username = freshName();
  const email = `${username}@example.com`;
  await using person = await stage().person();
  await person.page.goto("/signup");
  await signUp(person.page, { email, username, password: GOOD_PASSWORD });

  await using foreign = await stage().person({ scheme: "dark" });
  const { page } = foreign;
  await page.goto(linkIn(await nextMail(email)));
  await press(page, "Confirm my address");
  const field = page.getByLabel("Password of the account", { exact: true });
  await field.and(page.locator(":focus")).waitFor();
  await keepScreenshot(page, "verify_foreign_dark");
  await page.keyboard.type("a stranger's guess");
  await page.keyboard.press("Enter");
  await page.getByText("That is not the password that was chosen for this account.").waitFor();
  await field.fill(GOOD_PASSWORD);
  await page.keyboard.press("Enter");
  await seeHeading(page, `Hello, ${username}`);
  expect(foreign.complaints).toEqual([
    "403 POST /api/v1/auth/verify-email",
    "403 POST /api/v1/auth/verify-email",
  ]);
});

journey("a username that was taken meanwhile is asked for anew", async () => {
  const username = freshName();
  const email = `${freshName()}@example.com`;
  await using person = await stage().person();
  const { page } = person;
  await page.goto("/signup");
  await signUp(page, { email, username, password: GOOD_PASSWORD });
  await stage().deployment.newAccount({ username });
  await page.goto(linkIn(await nextMail(email)));
  await press(page, "Confirm my address");
  const field = page.getByLabel("Username", { exact: true });
  await field.and(page.locator(":focus")).waitFor();
  await field.fill(`${username}.too`);
  await page.keyboard.press("Enter");
  await seeHeading(page, `Hello, ${username}.too`);
  expect(person.complaints).toEqual(["409 POST /api/v1/auth/verify-email"]);
});
