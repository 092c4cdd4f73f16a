import { expect } from "bun:test";
import { eventually } from "../support/eventually.ts";
import { answer, jump, seeArea, seeConsoleNote, take } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const LOGIN = "/api/v1/auth/login";

journey("an attack is seen at home, and its address blocked in three actions", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const attacker = stage().deployment.visitor();
  const guess = { identifier: paired.account.username, password: "not the password at all" };
  for (let count = 0; count < 3; count += 1) await attacker.post(LOGIN, guess);
  await seeArea(page, "Home");
  await page.getByRole("button", { name: `Block ${attacker.address}` }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("guesses passwords");
  await answer(page, `Block ${attacker.address}`);
  await seeConsoleNote(page, `${attacker.address} is kept out`);
  const refused = await attacker.post(LOGIN, guess);
  expect([refused.status, (refused.json as { code: string }).code]).toEqual([403, "blocked"]);
  await jump(page, "l", "Limits");
  await page.getByRole("button", { name: `Let in again: ${attacker.address}` }).click();
  await seeConsoleNote(page, `${attacker.address} is let in again`);
  expect((await attacker.post(LOGIN, guess)).status).toBe(401);
});

journey(
  "a limit is edited, tried on the last day first, and the next request refused",
  async () => {
    await using paired = await pair(stage());
    const { page } = paired.console;
    const { deployment } = stage();
    await seeArea(page, "Home");
    await jump(page, "l", "Limits");
    const forgotten = "Forgotten passwords from an address";
    await page.getByRole("button", { name: `Edit the limit ${forgotten}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Let through").fill("1");
    await dialog.getByText("On the last day").waitFor();
    await answer(page, "Save");
    await seeConsoleNote(page, `${forgotten}: 1 in an hour`);
    const visitor = deployment.visitor();
    const ask = async () =>
      (await visitor.post("/api/v1/auth/password/forgot", { email: "nobody@example.com" })).status;
    expect(await ask()).toBe(202);
    expect(await ask()).toBe(429);
    await page.getByRole("rowheader", { name: visitor.address }).waitFor();
    await page.getByRole("button", { name: `Count anew: ${visitor.address}` }).click();
    await seeConsoleNote(page, `${visitor.address} is counted anew`);
    expect(await ask()).toBe(202);
  },
);

journey("two consoles edit one limit: the second is told, and overwrites nothing", async () => {
  await using first = await pair(stage());
  await using second = await pair(stage());
  const name = "Chat messages on a connection";
  for (const { console } of [first, second]) {
    await seeArea(console.page, "Home");
    await jump(console.page, "l", "Limits");
    await console.page.getByRole("button", { name: `Edit the limit ${name}` }).click();
  }
  const [one, other] = [first.console.page, second.console.page];
  await one.getByRole("dialog").getByLabel("Let through").fill("30");
  await answer(one, "Save");
  await seeConsoleNote(one, `${name}: 30 in 10 seconds`);
  await other.getByRole("dialog").getByLabel("Let through").fill("40");
  await answer(other, "Save");
  await other.getByRole("alert").getByText("Nothing was overwritten").waitFor();
  const [row] = stage().deployment.sql<{ count: number }>(
    "SELECT count FROM limits WHERE name = ?",
    name,
  );
  expect(row?.count).toBe(30);
});

journey(
  "the signing key is rotated from the palette, and the old one is seen to run dry",
  async () => {
    await using paired = await pair(stage());
    const { page } = paired.console;
    await seeArea(page, "Home");
    await take(page, "rotate sign", "Rotate the signing key…");
    await page.getByText("Nobody is signed out.").waitFor();
    await answer(page, "Rotate");
    await seeConsoleNote(page, "Signing: signing-");
    await jump(page, "k", "Secrets");
    const signing = page.getByRole("region", { name: "Signing" });
    const old = signing.getByRole("row").filter({ hasText: "still accepted, no longer used" });
    await old.first().waitFor();
    expect((await paired.console.verb("state")).session?.username).toBe(paired.account.username);
  },
);

journey("a production server lets nothing be changed until changes are allowed", async () => {
  await using paired = await pair(stage(), { production: true });
  const { page } = paired.console;
  await seeArea(page, "Home");
  await jump(page, "l", "Limits");
  const block = page.getByRole("button", { name: "Block an address…" });
  await page.getByRole("rowheader", { name: "Signed-in requests" }).waitFor();
  expect(await block.isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Read-only Allow changes" }).click();
  await page.getByRole("button", { name: "Changes allowed Stop" }).waitFor();
  await eventually("changes are offered", () => block.isEnabled());
});
