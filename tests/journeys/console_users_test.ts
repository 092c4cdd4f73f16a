import { expect } from "bun:test";
import { answer, ask, jump, rows, seeArea, seeConsoleNote, take } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const ME = "/api/v1/auth/me";

journey("a user is found with Ctrl+K, and every session of theirs ended", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const somebody = await deployment.newAccount();
  const second = await deployment.signIn(somebody);
  await seeArea(page, "Home");
  await take(page, somebody.username, new RegExp(`^${somebody.username}`));
  await seeArea(page, "Users");
  const panel = page.getByRole("complementary", { name: "User" });
  await panel.getByRole("heading", { name: somebody.username }).waitFor();
  await panel.getByText(somebody.email, { exact: true }).waitFor();
  await panel.getByRole("button", { name: "End every session…" }).click();
  await answer(page, "End every session");
  await seeConsoleNote(page, `2 sessions of ${somebody.username} ended`);
  await panel.getByText("Signed in nowhere.").waitFor();
  expect((await second.get(ME)).status).toBe(401);
  expect((await somebody.browser.get(ME)).status).toBe(401);
});

journey("a user is blocked with a reason, and let in again by undoing it", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const somebody = await deployment.newAccount();
  const login = { identifier: somebody.username, password: somebody.password };
  await seeArea(page, "Home");
  await jump(page, "u", "Users");
  await ask(page, `user:${somebody.username}`);
  await rows(page).filter({ hasText: somebody.email }).click();
  const panel = page.getByRole("complementary", { name: "User" });
  await panel.getByRole("button", { name: "Block…" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("reported by a neighbour");
  await answer(page, `Block ${somebody.username}`);
  await panel.getByText("reported by a neighbour").waitFor();
  expect((await deployment.visitor().post("/api/v1/auth/login", login)).status).toBe(403);
  await page.locator(".pt-toast").getByRole("button", { name: "Undo" }).click();
  await seeConsoleNote(page, `${somebody.username} is let in again`);
  await panel.getByText("active", { exact: true }).waitFor();
  expect((await deployment.visitor().post("/api/v1/auth/login", login)).status).toBe(200);
});

journey("a query that cannot be read is told at the box, and the rows stay", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  await seeArea(page, "Home");
  await jump(page, "u", "Users");
  await rows(page).first().waitFor();
  await ask(page, "color:red");
  await page
    .getByRole("alert")
    .getByText("There is no field color here", { exact: false })
    .waitFor();
  expect(await rows(page).count()).toBeGreaterThan(0);
  await ask(page, "user:nobody-of-that-name");
  await page.getByText("No users match").waitFor();
});

journey("keys alone go through a list, choose, and sign many out", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const people = [
    await deployment.newAccount({ username: "crowd.one" }),
    await deployment.newAccount({ username: "crowd.two" }),
  ];
  await seeArea(page, "Home");
  await jump(page, "u", "Users");
  await page.locator("body").press("/");
  await page.keyboard.type("user:crowd.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.getByText("2 users, and that is all").waitFor();
  await page.keyboard.press("Escape");
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  const bar = page.getByRole("region", { name: "Chosen rows" });
  await bar.getByText("2 users", { exact: true }).waitFor();
  await bar.getByRole("button", { name: "End their sessions…" }).press("Enter");
  await answer(page, "End their sessions");
  await page.getByText("2 done.").waitFor();
  await answer(page, "Close");
  for (const { browser } of people) expect((await browser.get(ME)).status).toBe(401);
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: "Keys" }).waitFor();
});

journey("a user has to change the password, is sent a link, and is deleted for good", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const somebody = await deployment.newAccount();
  const login = { identifier: somebody.username, password: somebody.password };
  await seeArea(page, "Home");
  await jump(page, "u", "Users");
  await ask(page, `user:${somebody.username}`);
  const choose = async (label: string) => {
    await rows(page).filter({ hasText: somebody.email }).click({ button: "right" });
    await page.getByRole("menuitem", { name: label }).click();
  };
  await choose("Ask for another password…");
  await answer(page, "Ask for another password");
  await seeConsoleNote(page, `${somebody.username} has to change the password`);
  const refused = await deployment.visitor().post("/api/v1/auth/login", login);
  expect((refused.json as { code: string }).code).toBe("password_change_required");
  await choose("Send a link that sets a password…");
  await answer(page, "Send the link");
  await seeConsoleNote(page, "A link that sets a password is on its way");
  await choose("Delete…");
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: `Delete ${somebody.username}` });
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByLabel(`Type ${somebody.username} to confirm`).fill(somebody.username);
  await answer(page, `Delete ${somebody.username}`);
  await seeConsoleNote(page, `${somebody.username} is deleted`);
  await page.getByText("No users match").waitFor();
  expect((await somebody.browser.get(ME)).status).toBe(401);
});

journey("somebody is invited from the palette", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  await seeArea(page, "Home");
  await take(page, "invite", /^Invite somebody/);
  await page.getByRole("dialog").getByLabel("Email").fill("newcomer@example.com");
  await answer(page, "Send the invitation");
  await seeConsoleNote(page, "An invitation is on its way to newcomer@example.com");
});
