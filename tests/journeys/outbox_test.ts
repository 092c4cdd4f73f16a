/**
 * The outbox of a server in development: how somebody who has no mail program tries Postern.
 *
 * @module
 */

import { expect } from "bun:test";
import { freshName, GOOD_PASSWORD } from "../support/deployment.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { press, seeHeading, signUp } from "./_steps.ts";

/** Without an SMTP server, mails stay. */
const stage = setStage({ mode: "dev", env: { SMTP_URL: "" } });

journey("in development a newcomer finds the mail in the outbox, and goes in by it", async () => {
  const username = freshName();
  const email = `${username}@example.com`;
  await using person = await stage().person({ isStill: true });
  const { page, context } = person;
  await page.goto("/signup");
  await signUp(page, { username, email, password: GOOD_PASSWORD });
  await page.getByRole("link", { name: "Open the outbox" }).click();
  await seeHeading(page, "Outbox");
  const mails = page.getByRole("list", { name: "Mails, newest first" });
  await mails.getByText(email).waitFor();
  const frame = page.frameLocator("iframe");
  const link = frame.getByRole("link", { name: "Confirm this address" });
  await link.waitFor();
  await expectSound(page, "outbox");

  await press(page, "Show as text");
  const href = page.locator("article").getByRole("link", { name: /verify-email#token=/ });
  const address = await href.getAttribute("href");
  await press(page, "Show as HTML");
  expect(await link.getAttribute("href")).toBe(address);

  const [tab] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await press(tab, "Confirm my address");
  await seeHeading(tab, `Hello, ${username}`);
  expect(person.complaints).toEqual([]);
});
