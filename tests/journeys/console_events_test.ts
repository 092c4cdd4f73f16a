import { expect } from "bun:test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { answer, ask, jump, rows, seeArea, seeConsoleNote, seeQuery } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const LOGIN = "/api/v1/auth/login";

/** Requests that the first change of a limit allows; each further one allows one more. */
const FIRST_COUNT = 900;

journey("the events that match are exported to a file, without formulas", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const visitor = stage().deployment.visitor({ headers: { "User-Agent": "=1+1" } });
  const guess = { identifier: paired.account.username, password: "not the password at all" };
  for (let count = 0; count < 3; count += 1) await visitor.post(LOGIN, guess);
  const folder = await mkdtemp(join(tmpdir(), "postern-export-"));
  const file = join(folder, "events.csv");
  paired.console.electron.savePath = file;
  await seeArea(page, "Home");
  await jump(page, "e", "Events");
  await ask(page, `action:failed_login user:${paired.account.username}`);
  await page.getByText("3 events, and that is all").waitFor();
  await page.getByRole("button", { name: "Export…" }).click();
  await answer(page, "Choose a file and export");
  await seeConsoleNote(page, "3 events are in");
  const lines = (await readFile(file, "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines.slice(1).every((line) => line.includes(`"'=1+1"`))).toBe(true);
  await rm(folder, { recursive: true });
});

journey("the chain is checked, and told where it does not hold", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  await seeArea(page, "Home");
  await jump(page, "e", "Events");
  await page.getByRole("button", { name: "Check the chain" }).click();
  await page.getByText(/All [\d,]+ events fit/).waitFor();
  await answer(page, "Close");
  deployment.sql("DROP TRIGGER events_no_update");
  deployment.sql("UPDATE events SET ip = '203.0.113.99' WHERE seq = 2");
  await page.getByRole("button", { name: "Check the chain" }).click();
  await page.getByText("The chain does not hold.").waitFor();
  await page.getByText("does not fit is at position 2", { exact: false }).waitFor();
});

journey("new events wait behind a pill, and an event shows what it changed", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  await seeArea(page, "Home");
  await jump(page, "e", "Events");
  await rows(page).first().waitFor();
  const pill = await seeNewRows(page, async (count) => {
    const input = { id: "signed_in", count };
    await paired.console.verb("request", { type: "mutation", path: "limits.update", input });
  });
  await pill.click();
  await rows(page).filter({ hasText: "admin.limits.update" }).first().click();
  const changed = page
    .getByRole("complementary", { name: "Event" })
    .getByRole("row", { name: /count/ });
  const count = Number(await changed.getByRole("insertion").textContent());
  expect(count).toBeWithin(FIRST_COUNT, FIRST_COUNT + TRIES_MAX);
});

journey("an address is told from a row, and filters by it", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  await seeArea(page, "Home");
  await jump(page, "e", "Events");
  await rows(page).first().waitFor();
  const login = rows(page).filter({ hasText: "login" }).first();
  // A row by its id, since others may come to stand before it.
  const id = await login.getAttribute("data-id");
  const cell = page.locator(`tr[data-id="${id}"] td[data-column="ip"]`);
  const ip = (await cell.textContent()) ?? "";
  await cell.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Copy from" }).click();
  await seeConsoleNote(page, "From copied");
  expect(paired.console.electron.copied).toBe(ip);
  await cell.click({ button: "right" });
  await page.getByRole("menuitem", { name: `ip:${ip}` }).click();
  await seeQuery(page, `ip:${ip}`);
});

/** How often something new is made, until it waits behind the pill. */
const TRIES_MAX = 8;

/** How long one of them is waited for, milliseconds: it is told within one where it is told at all. */
const TOLD_MS = 5_000;

/**
 * Makes something new until the page tells of it, with the newest row left where it was.
 * A list that is still being asked for takes the first along, and then has nothing to tell.
 */
async function seeNewRows(page: Page, makeOne: (count: number) => Promise<void>) {
  const pill = page.getByRole("button", { name: /^\d+ new$/ });
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const shown = await rows(page).first().getAttribute("data-id");
    await makeOne(FIRST_COUNT + attempt);
    const isTold = await pill.waitFor({ timeout: TOLD_MS }).then(
      () => true,
      () => false,
    );
    if (isTold && (await rows(page).first().getAttribute("data-id")) === shown) {
      return pill;
    }
  }
  throw new Error("nothing new was told of");
}
