import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { followSubscription } from "../support/electron/follow_subscription.ts";
import { eventually } from "../support/eventually.ts";
import { jump, rows, seeArea, seeConsoleNote, take } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

/** Goes to a place of the console as a link does. */
async function goTo(page: Page, fragment: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
}

journey("going from place to place within the page ends nothing that it follows", async () => {
  await using paired = await pair(stage());
  const { page, electron } = paired.console;
  await seeArea(page, "Home");
  const told: boolean[] = [];
  electron.window.webContents.on(
    "did-start-navigation",
    ({ isSameDocument }: { readonly isSameDocument: boolean }) => told.push(isSameDocument),
  );
  const tail = await followSubscription(page, { path: "audit.tail", input: {} });
  await tail.until((events) => events.some(({ kind }) => kind === "data"));
  await jump(page, "u", "Users");
  await goTo(page, "#/audit?q=action%3Alogin");
  await seeArea(page, "Events");
  await page.goBack();
  await seeArea(page, "Users");
  await eventually("main was told of each place", () => told.length >= 3);
  expect(new Set(told)).toEqual(new Set([true]));
  const { length: before } = await tail.events();
  const visitor = stage().deployment.visitor();
  await visitor.post("/api/v1/auth/login", { identifier: "nobody", password: "wrong" });
  const events = await tail.until((all) => all.length > before);
  expect(events.filter(({ kind }) => kind === "ended")).toEqual([]);
  // Another page, such as this one loaded anew, is told nothing that the one before followed.
  await page.reload();
  await seeArea(page, "Users");
  expect(told.at(-1)).toBe(false);
});

journey("a link opens an event, a session or a user that no list has loaded", async () => {
  await using paired = await pair(stage());
  const { page, electron } = paired.console;
  const { deployment } = stage();
  const somebody = await deployment.newAccount();
  await seeArea(page, "Home");
  await take(page, "#/audit?q=action%3Acsp_violation&open=1", "Open event 1");
  await page.getByText("No events match").waitFor();
  const event = page.getByRole("complementary", { name: "Event" });
  await event.getByText("It stands as it was written", { exact: false }).waitFor();
  await event.getByRole("button", { name: "Copy the link" }).click();
  await seeConsoleNote(page, "is copied");
  expect(electron.copied).toBe("#/audit?open=1");
  const [{ id }] = deployment.sql<{ id: string }>(
    "SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.username = ?",
    somebody.username,
  ) as [{ id: string }];
  await take(page, id, `Open session ${id}`);
  const session = page.getByRole("complementary", { name: "Session" });
  await session.getByText("live", { exact: true }).waitFor();
  await session.getByRole("button", { name: "End this session" }).click();
  await session.getByText("revoked").waitFor();
  expect((await somebody.browser.get("/api/v1/auth/me")).status).toBe(401);
  await session.getByRole("link", { name: "Events of this session" }).click();
  await rows(page).filter({ hasText: "admin.sessions.end" }).first().click();
  await event.getByRole("link", { name: id }).click();
  await session.getByRole("link", { name: somebody.username, exact: true }).click();
  const user = page.getByRole("complementary", { name: "User" });
  await user.getByText(somebody.email, { exact: true }).waitFor();
});

journey("a link to what is not there says so", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  await seeArea(page, "Home");
  for (const [link, noun] of [
    ["#/audit?open=99999999", "event"],
    ["#/audit?open=nonsense", "event"],
    ["#/sessions?open=nonsense", "session"],
    ["#/users?open=99999999", "user"],
  ] as const) {
    await goTo(page, link);
    await page.getByText(`There is no such ${noun}`).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText(`There is no such ${noun}`).waitFor({ state: "detached" });
  }
});
