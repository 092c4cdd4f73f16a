import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { answer, ask, jump, rows, seeArea, seeConsoleNote } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const LOGIN = "/api/v1/auth/login";

/** Takes back what the note that has these words tells of. */
async function undo(page: Page, words: string): Promise<void> {
  const note = page.locator(".pt-toast", { hasText: words }).last();
  await note.getByRole("button", { name: "Undo" }).click();
}

journey("a limit and a setting are changed, and put back by undoing it", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { sql } = stage().deployment;
  const [{ name, count }] = sql<{ name: string; count: number }>(
    "SELECT name, count FROM limits WHERE id = 'forgot_account'",
  ) as [{ name: string; count: number }];
  const now = () =>
    sql<{ count: number }>("SELECT count FROM limits WHERE id = 'forgot_account'")[0];
  await seeArea(page, "Home");
  await jump(page, "l", "Limits");
  await page.getByRole("button", { name: `Edit the limit ${name}` }).click();
  await page.getByRole("dialog").getByLabel("Let through").fill("777");
  await answer(page, "Save");
  await seeConsoleNote(page, `${name}: 777 in`);
  expect(now()?.count).toBe(777);
  await undo(page, `${name}: 777 in`);
  await seeConsoleNote(page, "as before");
  expect(now()?.count).toBe(count);
  await jump(page, "t", "Settings");
  await page.getByRole("button", { name: "Edit PASSWORD_MIN_LENGTH" }).click();
  await page.getByRole("dialog").getByLabel("Fewest characters").fill("14");
  await answer(page, "Save");
  await undo(page, "PASSWORD_MIN_LENGTH is 14");
  await seeConsoleNote(page, "PASSWORD_MIN_LENGTH is 12 again");
});

journey("a block that was taken back is put back as it was, by undoing that", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const somebody = await deployment.newAccount();
  const login = { identifier: somebody.username, password: somebody.password };
  const status = async () => (await deployment.visitor().post(LOGIN, login)).status;
  const { exitCode } = await deployment.admin(
    ...["users", "block", somebody.username, "--reason", "kept its reason"],
  );
  expect(exitCode).toBe(0);
  await seeArea(page, "Home");
  await jump(page, "u", "Users");
  await ask(page, `user:${somebody.username}`);
  await rows(page).filter({ hasText: somebody.email }).click();
  const panel = page.getByRole("complementary", { name: "User" });
  await panel.getByRole("button", { name: "Let in again" }).click();
  await seeConsoleNote(page, `${somebody.username} is let in again`);
  await undo(page, `${somebody.username} is let in again`);
  await seeConsoleNote(page, `${somebody.username} is blocked as before`);
  await panel.getByText("kept its reason").waitFor();
  expect(await status()).toBe(403);
});

journey("an address that was let in again is kept out again, by undoing that", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const visitor = deployment.visitor();
  const status = async () => (await visitor.get("/api/v1/auth/providers")).status;
  const input = { cidr: visitor.address, reason: "a flood" };
  const call = { type: "mutation", path: "limits.blockAddress", input } as const;
  expect((await paired.console.verb("request", call)).ok).toBe(true);
  await seeArea(page, "Home");
  await jump(page, "l", "Limits");
  await page.getByRole("button", { name: `Let in again: ${visitor.address}` }).click();
  await seeConsoleNote(page, `${visitor.address} is let in again`);
  await undo(page, `${visitor.address} is let in again`);
  await seeConsoleNote(page, `${visitor.address} is kept out as before`);
  expect(await status()).toBe(403);
  await page.getByRole("cell", { name: "a flood" }).waitFor();
});
