import { expect } from "bun:test";
import type { Page } from "playwright-core";
import type { Deployment } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { answer, jump, seeArea, seeConsoleNote } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

/** Id of the key of a ring that is in use. */
function currentKey({ sql }: Deployment, ring: string): string {
  const [row] = sql<{ id: string }>(
    "SELECT id FROM keys WHERE ring = ? AND state = 'current'",
    ring,
  );
  if (row === undefined) throw new Error(`The ring ${ring} has no key`);
  return row.id;
}

async function openSecrets(page: Page): Promise<void> {
  await seeArea(page, "Home");
  await jump(page, "k", "Secrets");
}

/** Waits until the page says so of a part. */
async function sees(page: Page, region: string, words: string | RegExp): Promise<void> {
  await page.getByRole("region", { name: region, exact: true }).getByText(words).first().waitFor();
}

journey("what hangs on an old key is seen to fall, without asking again", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const somebody = await deployment.newAccount();
  await openSecrets(page);
  const old = currentKey(deployment, "signing");
  await page.getByRole("button", { name: "Rotate the ring Signing" }).click();
  await answer(page, "Rotate");
  await seeConsoleNote(page, "Signing: signing-");
  const hanging = page.locator(`[data-key-dependants="${old}"]`);
  const line = page.getByRole("row").filter({ has: hanging });
  await line.getByText("previous", { exact: true }).waitFor();
  await line.getByText("It retires from", { exact: false }).waitFor();
  const count = async () =>
    Number(/(\d+) session/.exec((await hanging.textContent()) ?? "")?.[1] ?? 0);
  const before = await count();
  expect(before).toBeGreaterThan(0);
  await deployment.admin("users", "sign-out", somebody.username);
  await eventually(
    `fewer than ${before} sessions hang on it`,
    async () => (await count()) < before,
  );
  await sees(page, "History", `Signing: ${currentKey(deployment, "signing")} came into use`);
});

journey("a ring is rotated by itself every so many days, and by hand again", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  await openSecrets(page);
  const set = async (choice: string, days?: string) => {
    await page.getByRole("button", { name: "Schedule the ring Cookies" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Set the schedule" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Rotate").selectOption({ label: choice });
    if (days !== undefined) await dialog.getByLabel("Days").fill(days);
    await answer(page, "Set the schedule");
  };
  await set("Every 90 days");
  await seeConsoleNote(page, "Cookies is rotated every 90 days");
  await sees(page, "Cookies", /^Rotated every 90 days, next /);
  await sees(page, "History", "Cookies: rotated every 90 days");
  await set("Every so many days…", "17");
  await sees(page, "Cookies", /^Rotated every 17 days, next /);
  await set("By hand");
  await sees(page, "Cookies", "Rotated by hand");
});

journey("encrypting anew is followed, and a dropped key reported beside its preview", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const old = currentKey(deployment, "secrets");
  await openSecrets(page);
  await page.getByRole("button", { name: "Rotate the ring Stored secrets" }).click();
  await answer(page, "Rotate");
  await seeConsoleNote(page, "Stored secrets: secrets-");
  const ring = page.getByRole("region", { name: "Stored secrets", exact: true });
  await ring.getByRole("row").filter({ hasText: old }).getByText("previous").waitFor();
  // What is left of a large store, put there by past the server. Maintenance may find it, and drop it.
  await untilSeen(page, "2 to go", () => sealBy(deployment, { one: old, two: old }));
  const current = currentKey(deployment, "secrets");
  await untilSeen(page, "1 to go", () => sealBy(deployment, { one: current, two: old }));
  sealBy(deployment, { one: current, two: current });
  await ring.getByText("Encrypted by the key of now").waitFor();
  await ring.getByRole("button", { name: `The key ${current} is compromised` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: "This would end" }).waitFor();
  await dialog.getByLabel("Type compromised to go on").fill("compromised");
  await answer(page, "Drop the key now");
  await dialog.getByRole("heading", { name: "This ended" }).waitFor();
  for (const what of ["sessions", "tokens", "open connections", "consoles"]) {
    await dialog.getByRole("row", { name: `${what} 0 0`, exact: true }).waitFor();
  }
  await dialog.getByText("Exactly what the preview said.").waitFor();
  await answer(page, "Close");
  await sees(page, "History", "Stored secrets: a key was dropped as compromised");
});

/** Has providers whose secrets are sealed by a key; nobody can open them, and nobody asks. */
function sealBy({ sql }: Deployment, keys: Readonly<Record<string, string>>): void {
  for (const [id, key] of Object.entries(keys)) {
    sql(
      `INSERT INTO providers (id, kind, name, issuer, client_id, scopes, enabled, source, sealed_secret, created_at, updated_at)
       VALUES (?1, 'oidc', ?1, 'https://id.example', 'c', '[]', 0, 'console', 'v1.' || ?2 || '.x', 1, 1)
       ON CONFLICT (id) DO UPDATE SET sealed_secret = excluded.sealed_secret`,
      id,
      key,
    );
  }
}

/** How often something is done, until the page tells of it. */
const TRIES_MAX = 6;

/** How long the page is waited for each time, milliseconds: the server looks every two seconds. */
const TOLD_MS = 10_000;

async function untilSeen(page: Page, words: string, act: () => void): Promise<void> {
  for (let attempt = 1; attempt <= TRIES_MAX; attempt += 1) {
    act();
    try {
      await page.getByText(words, { exact: false }).waitFor({ timeout: TOLD_MS });
      return;
    } catch (cause) {
      if (attempt === TRIES_MAX) throw cause;
    }
  }
}
