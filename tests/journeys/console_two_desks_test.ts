import { expect } from "bun:test";
import type { Locator } from "playwright-core";
import { answer, ask, jump, rows, seeArea, seeConsoleNote } from "./_console_pages.ts";
import { type Paired, pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const FORGOT = "/api/v1/auth/password/forgot";

/** Two administrators, each at a console of their own. */
async function pairTwo() {
  const [one, other] = await Promise.all([pair(stage()), pair(stage())]);
  const { page } = one.console;
  await seeArea(page, "Home");
  return {
    page,
    other,
    dialog: page.getByRole("dialog"),
    async [Symbol.asyncDispose]() {
      await one[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
    },
  };
}

/** The other console changes something, without having been asked twice. */
async function change({ console }: Paired, path: string, input: unknown): Promise<void> {
  const done = await console.verb("request", { type: "mutation", path, input });
  if (!done.ok) throw new Error(`The other console cannot change it: ${done.error.message}`);
}

/** What is told of somebody else's change: the fact, what it was, and what it is. */
async function seeChanged(dialog: Locator, told: readonly [string, string, string]): Promise<void> {
  const part = dialog.getByRole("region", { name: "Somebody else changed it" });
  const [name, before, now] = told;
  await part.getByText(name, { exact: true }).waitFor();
  expect(await part.getByRole("deletion").textContent()).toBe(before);
  expect(await part.getByRole("insertion").textContent()).toBe(now);
}

journey(
  "two consoles edit one limit: the second is told what changed, and loses nothing",
  async () => {
    await using both = await pairTwo();
    const { page, dialog, other } = both;
    const count = () =>
      stage().deployment.sql<{ count: number }>(
        "SELECT count FROM limits WHERE id = 'anonymous'",
      )[0]?.count;
    await jump(page, "l", "Limits");
    await page.getByRole("button", { name: "Edit the limit Anonymous requests" }).click();
    const box = dialog.getByLabel("Let through");
    await box.fill("555");
    await change(other, "limits.update", { id: "anonymous", count: 777 });
    await answer(page, "Save");
    await seeChanged(dialog, ["Let through", "100", "777"]);
    await dialog.getByText("It was changed meanwhile.", { exact: false }).waitFor();
    expect([await box.inputValue(), count()]).toEqual(["555", 777]);
    await dialog.getByRole("button", { name: "Take what is there now" }).click();
    expect(await box.inputValue()).toBe("777");
    expect(await dialog.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
    await box.fill("556");
    await answer(page, "Save");
    await seeConsoleNote(page, "Anonymous requests: 556 in a minute, from the next request on");
    expect(count()).toBe(556);
  },
);

journey("two consoles edit one setting: the second tries again with what it typed", async () => {
  await using both = await pairTwo();
  const { page, dialog, other } = both;
  await jump(page, "t", "Settings");
  await page.getByRole("button", { name: "Edit PASSWORD_MIN_LENGTH" }).click();
  await dialog.getByLabel("Fewest characters").fill("13");
  await change(other, "settings.update", { name: "PASSWORD_MIN_LENGTH", value: 14 });
  await answer(page, "Save");
  await seeChanged(dialog, ["Fewest characters", "12", "14"]);
  expect(await dialog.getByLabel("Fewest characters").inputValue()).toBe("13");
  await answer(page, "Save");
  await seeConsoleNote(page, "PASSWORD_MIN_LENGTH is 13, from the next request on");
});

journey("two consoles edit one provider: the second is told each fact that changed", async () => {
  await using both = await pairTwo();
  const { page, dialog, other } = both;
  await change(other, "providers.create", {
    ...{ id: "acme", kind: "oidc", name: "Acme", issuer: "http://127.0.0.1:1" },
    ...{ client_id: "c", client_secret: "s" },
  });
  await jump(page, "p", "Providers");
  await page.getByRole("button", { name: "More about Acme" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  await dialog.getByLabel("Name").fill("Acme of the first desk");
  await change(other, "providers.update", { id: "acme", client_id: "of the second" });
  await answer(page, "Save");
  await seeChanged(dialog, ["Client id", "c", "of the second"]);
  expect(await dialog.getByLabel("Name").inputValue()).toBe("Acme of the first desk");
  await dialog.getByLabel("Client id").fill("of the second");
  await answer(page, "Save");
  await seeConsoleNote(page, "Acme of the first desk is changed");
  const [row] = stage().deployment.sql("SELECT name, client_id FROM providers WHERE id = 'acme'");
  expect(row).toEqual({ name: "Acme of the first desk", client_id: "of the second" });
});

journey(
  "two consoles give one user a role: the second is told which, and can leave it",
  async () => {
    await using both = await pairTwo();
    const { page, dialog, other } = both;
    const { deployment } = stage();
    const somebody = await deployment.newAccount();
    await jump(page, "u", "Users");
    await ask(page, `user:${somebody.username}`);
    await rows(page).filter({ hasText: somebody.email }).click();
    const panel = page.getByRole("complementary", { name: "User" });
    await panel.getByRole("button", { name: "Role…" }).click();
    await dialog.getByLabel("Role").selectOption("support");
    await change(other, "users.setRole", { id: somebody.id, role: "auditor" });
    await answer(page, "Change the role");
    await seeChanged(dialog, ["Role", "none", "auditor"]);
    expect(await dialog.getByLabel("Role").inputValue()).toBe("support");
    await dialog.getByRole("button", { name: "Take what is there now" }).click();
    expect(await dialog.getByRole("button", { name: "Change the role" }).isDisabled()).toBe(true);
    await answer(page, "Cancel");
    const [row] = deployment.sql("SELECT role FROM users WHERE id = ?", somebody.id);
    expect(row).toEqual({ role: "auditor" });
  },
);

journey("a limit is edited in the page, and the very next request is refused", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const visitor = stage().deployment.visitor();
  const forget = () => visitor.post(FORGOT, { email: "nobody@example.com" });
  expect((await forget()).status).toBe(202);
  expect((await forget()).status).toBe(202);
  await seeArea(page, "Home");
  await jump(page, "l", "Limits");
  const name = "Forgotten passwords from an address";
  await page.getByRole("button", { name: `Edit the limit ${name}` }).click();
  await page.getByRole("dialog").getByLabel("Let through").fill("1");
  await answer(page, "Save");
  await seeConsoleNote(page, `${name}: 1 in an hour, from the next request on`);
  expect((await forget()).status).toBe(429);
});
