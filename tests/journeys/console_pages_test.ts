import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { answer, jump, rows, seeArea, take } from "./_console_pages.ts";
import { addServer, letIn, pair } from "./_console_steps.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { fill, press } from "./_steps.ts";

const stage = setStage();

/** Colours that are on their way to others have no contrast to tell. */
const STILL = { context: { reducedMotion: "reduce" } } as const;

/** Waits until nothing on the page is waited for any more. */
async function settle(page: Page): Promise<void> {
  await page.locator(".co-ghosts").first().waitFor({ state: "detached" });
}

journey("the lists are sound, with a user and an event open, at every width", async () => {
  await using paired = await pair(stage(), { console: STILL });
  const { page } = paired.console;
  await seeArea(page, "Home");
  await settle(page);
  await expectSound(page, "console_home");
  await jump(page, "u", "Users");
  await rows(page).filter({ hasText: paired.account.email }).click();
  const panel = page.getByRole("complementary", { name: "User" });
  await panel.getByRole("heading", { name: "Newest events" }).waitFor();
  await expectSound(page, "console_user");
  await page.setViewportSize({ width: 1_280, height: 820 });
  await jump(page, "e", "Events");
  await rows(page).first().click();
  const event = page.getByRole("complementary", { name: "Event" });
  await event.getByRole("heading", { name: "In the chain" }).waitFor();
  await expectSound(page, "console_event");
});

journey("the lists are sound with their facets, at every width", async () => {
  await using paired = await pair(stage(), { console: STILL });
  const { page } = paired.console;
  await seeArea(page, "Home");
  for (const [keys, title, noun] of [
    ["e", "Events", "events"],
    ["u", "Users", "users"],
    ["s", "Sessions", "sessions"],
  ] as const) {
    await page.setViewportSize({ width: 1_280, height: 820 });
    await jump(page, keys, title);
    await rows(page).first().waitFor();
    await page.locator("body").press("f");
    const rail = page.getByRole("navigation", { name: `What these ${noun} are` });
    await rail.getByText(/^Of (all|the newest) /).waitFor();
    await expectSound(page, `console_${noun}_facets`);
  }
  await page.setViewportSize({ width: 1_280, height: 820 });
  await rows(page).first().locator('td[data-column="user"]').click();
  const session = page.getByRole("complementary", { name: "Session" });
  await session.getByRole("heading", { name: "Go to" }).waitFor();
  await expectSound(page, "console_session");
});

journey("the other areas are sound at every width", async () => {
  await using paired = await pair(stage(), { console: STILL });
  const { page } = paired.console;
  await seeArea(page, "Home");
  for (const [keys, title] of [
    ["s", "Sessions"],
    ["l", "Limits"],
    ["p", "Providers"],
    ["k", "Secrets"],
    ["t", "Settings"],
  ] as const) {
    await jump(page, keys, title);
    await settle(page);
    await expectSound(page, `console_${title.toLowerCase()}`);
  }
});

journey("palette, keys, menus and dialogs are sound", async () => {
  await using paired = await pair(stage(), { console: STILL });
  const { page } = paired.console;
  await seeArea(page, "Home");
  await page.keyboard.press("Control+k");
  await page
    .getByRole("combobox", { name: "Find a user, an area or a command" })
    .fill("203.0.113.7");
  await page.getByRole("option", { name: "Block 203.0.113.7…" }).waitFor();
  await expectSound(page, "console_palette");
  await page.getByRole("option", { name: "Block 203.0.113.7…" }).click();
  await page.getByRole("heading", { name: "Block 203.0.113.7?" }).waitFor();
  await expectSound(page, "console_block");
  await answer(page, "Cancel");
  await take(page, "keys", "Keys");
  await page.getByRole("heading", { name: "Keys" }).waitFor();
  await expectSound(page, "console_keys");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1_280, height: 820 });
  await jump(page, "k", "Secrets");
  await page
    .getByRole("button", { name: /^The key signing-.* is compromised$/ })
    .first()
    .click();
  await page.getByRole("heading", { name: "This would end" }).waitFor();
  await expectSound(page, "console_compromise");
  await answer(page, "Cancel");
  await page.getByRole("button", { name: "Schedule the ring Signing" }).click();
  await page.getByRole("heading", { name: "When Signing is rotated" }).waitFor();
  await expectSound(page, "console_schedule");
  await answer(page, "Cancel");
  await take(page, "chain", "Check the chain of events");
  await page.getByText(/All [\d,]+ events fit/).waitFor();
  await expectSound(page, "console_chain");
});

journey("a fresh console is told of a server, and lets its administrator in", async () => {
  await using console = await stage().console(STILL);
  const { page } = console;
  const { deployment } = stage();
  const account = await deployment.newAccount();
  deployment.sql("UPDATE users SET role = 'auditor' WHERE username = ?", account.username);
  await page.getByRole("heading", { name: "Which server do you run?" }).waitFor();
  await expectSound(page, "console_first_run");
  await fill(page, { Address: "http://localhost:9/nowhere else", Name: "Nowhere" });
  await press(page, "Add this server");
  await page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await fill(page, { Address: deployment.server.publicUrl, Name: "Home" });
  await press(page, "Add this server");
  await page.getByRole("heading", { name: "Sign in to Home" }).waitFor();
  await expectSound(page, "console_sign_in");
  await press(page, "Sign in with the browser");
  await page.getByText("Waiting for your browser.", { exact: false }).waitFor();
  const address = await console.electron.nextAddress();
  await press(page, "Cancel");
  await page.getByRole("button", { name: "Sign in with the browser" }).waitFor();
  expect(address.startsWith(deployment.server.publicUrl)).toBe(true);
  await using person = await stage().person();
  await press(page, "Sign in with the browser");
  await letIn(person, await console.electron.nextAddress(), account);
  await seeArea(page, "Home");
});

journey("a role that does not reach an area is told whom to ask, and offered nothing", async () => {
  await using paired = await pair(stage(), { role: "support", console: STILL });
  const { page } = paired.console;
  await seeArea(page, "Home");
  await jump(page, "e", "Events");
  await page.getByText("The role support does not see events.", { exact: false }).waitFor();
  await expectSound(page, "console_forbidden");
  await page.setViewportSize({ width: 1_280, height: 820 });
  await jump(page, "u", "Users");
  await rows(page).filter({ hasText: paired.account.email }).click();
  const panel = page.getByRole("complementary", { name: "User" });
  expect(await panel.getByRole("button", { name: "Role…" }).isDisabled()).toBe(true);
  expect(await panel.getByRole("button", { name: "Block…" }).isDisabled()).toBe(true);
});

journey("a server that cannot be reached at the sign-in is told", async () => {
  await using console = await stage().console();
  const { page } = console;
  await addServer(console, { url: "http://localhost:9" });
  await page.getByRole("heading", { name: "Sign in to Home" }).waitFor();
  await press(page, "Sign in with the browser");
  await page.getByRole("alert").getByText("cannot be reached", { exact: false }).waitFor();
});
