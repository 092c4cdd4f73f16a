import { expect } from "bun:test";
import type { Deployment } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { answer, ask, jump, rows, seeArea, seeConsoleNote, seeQuery } from "./_console_pages.ts";
import { pair } from "./_console_steps.ts";
import { journey, setStage } from "./_stage.ts";

const stage = setStage();

const LOGIN = "/api/v1/auth/login";

/** Longest wait for a pill that may be gone again, milliseconds. */
const PILL_MS = 1_000;

/** More than the server ends in one transaction. */
const MANY = 1_200;

journey("facets tell what a list is made of, and filter it by a click or by keys", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { username } = paired.account;
  const visitor = stage().deployment.visitor();
  const guess = { identifier: username, password: "not the password at all" };
  for (let count = 0; count < 5; count += 1) await visitor.post(LOGIN, guess);
  await seeArea(page, "Home");
  await jump(page, "e", "Events");
  await ask(page, `user:${username} since:1h`);
  await page.getByRole("button", { name: "Facets" }).click();
  const rail = page.getByRole("navigation", { name: "What these events are" });
  const refused = rail.getByRole("button", { name: "failed_login 5" });
  await refused.click();
  await page.getByText("5 events, and that is all").waitFor();
  await seeQuery(page, `user:${username} since:1h action:failed_login`);
  expect(await refused.getAttribute("aria-pressed")).toBe("true");
  await rail.getByText("Of all 5").waitFor();
  await refused.click();
  await seeQuery(page, `user:${username} since:1h`);
  await page.getByText(/^([6-9]|\d\d) events, and that is all/).waitFor();
  await rail.getByRole("button", { name: /^login \d+$/ }).waitFor();
  // By keys alone: to the facets, down and up among them, and back to the rows.
  await page.locator("body").press("f");
  const focused = rail.locator("button:focus");
  await focused.filter({ hasText: "failed_login" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await focused.filter({ hasNotText: "failed_login" }).waitFor();
  await page.keyboard.press("ArrowUp");
  await focused.filter({ hasText: "failed_login" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("5 events, and that is all").waitFor();
  await page.keyboard.press("Escape");
  await focused.waitFor({ state: "detached" });
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Event" }).waitFor();
});

journey(
  "sessions come and go in their list as the server tells, without asking again",
  async () => {
    await using paired = await pair(stage());
    const { page } = paired.console;
    const { deployment } = stage();
    const somebody = await deployment.newAccount();
    await seeArea(page, "Home");
    await jump(page, "s", "Sessions");
    await ask(page, `user:${somebody.username}`);
    await page.getByText("1 session, and that is all").waitFor();
    await deployment.signIn(somebody);
    // A list that was cut off meanwhile is asked for anew by itself, and has the row without a pill.
    const pill = page.getByRole("button", { name: "1 new" });
    await eventually("the new session is told of", async () => {
      if (await pill.isVisible()) await pill.click({ timeout: PILL_MS }).catch(() => undefined);
      return await page.getByText("2 sessions, and that is all").isVisible();
    });
    expect((await deployment.admin("users", "sign-out", somebody.username)).exitCode).toBe(0);
    await page.locator('tr[data-id][data-gone="false"]').first().waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Ask again" }).click();
    await page.getByText("No sessions match").waitFor();
    await jump(page, "u", "Users");
    await ask(page, `user:${somebody.username}`);
    await page.getByText("1 user, and that is all").waitFor();
    await rows(page).getByText("active", { exact: true }).waitFor();
    await deployment.admin("users", "block", somebody.username);
    await rows(page).getByText("blocked", { exact: true }).waitFor();
  },
);

journey("all sessions that match are ended with progress, after they were counted", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const somebody = await deployment.newAccount();
  addSessions(deployment, somebody.id);
  await seeArea(page, "Home");
  await jump(page, "s", "Sessions");
  await ask(page, `user:${somebody.username}`);
  await rows(page).nth(10).waitFor();
  await page.getByRole("checkbox", { name: "Choose all loaded rows" }).check();
  const bar = page.getByRole("region", { name: "Chosen rows" });
  await bar.getByRole("button", { name: "Choose all that match" }).click();
  await bar.getByRole("button", { name: "End them…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1,201 sessions would end").waitFor();
  await answer(page, "End 1,201 sessions");
  await dialog.getByText("1,201 sessions ended.").waitFor();
  expect(await dialog.getByRole("progressbar").getAttribute("value")).toBe("1201");
  await answer(page, "Close");
  await page.getByText("No sessions match").waitFor();
  expect(
    deployment.sql("SELECT 1 FROM sessions WHERE ended_at IS NULL AND user_id = ?", somebody.id),
  ).toEqual([]);
});

/** Opens many more sessions of a user, by past the server. */
function addSessions({ sql }: Deployment, userId: string): void {
  sql(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
     INSERT INTO sessions (id, secret_hash, user_id, kind, method, created_at, seen_at, idle_ms, absolute_ms, ip, user_agent)
     SELECT substr(s.id, 1, 24) || printf('%012d', i), 'h' || i, s.user_id, s.kind, s.method,
       s.created_at, s.seen_at, s.idle_ms, s.absolute_ms, s.ip, s.user_agent
     FROM n, (SELECT * FROM sessions WHERE user_id = ? LIMIT 1) s`,
    userId,
  );
}

journey("a view is kept by a name, columns are chosen, and both outlast the page", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  await seeArea(page, "Home");
  await jump(page, "e", "Events");
  await ask(page, "action:login since:7d");
  await page.getByRole("button", { name: "Keep this view" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Who came in");
  await answer(page, "Keep it");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "User agent" }).click();
  await page.getByRole("columnheader", { name: "User agent" }).waitFor();
  await page.reload();
  await seeArea(page, "Events");
  await page.getByRole("button", { name: "All", exact: true }).click();
  await seeQuery(page, "");
  await page.getByRole("columnheader", { name: "User agent" }).waitFor();
  await page.getByRole("button", { name: "Who came in" }).click();
  await seeQuery(page, "action:login since:7d");
  await page.getByRole("button", { name: "Forget the view Who came in" }).click();
  await page
    .getByRole("button", { name: "Who came in", exact: true })
    .waitFor({ state: "detached" });
});

journey("many users are blocked at once, and let in again by undoing it", async () => {
  await using paired = await pair(stage());
  const { page } = paired.console;
  const { deployment } = stage();
  const people = [
    await deployment.newAccount({ username: "herd.one" }),
    await deployment.newAccount({ username: "herd.two" }),
  ];
  const statuses = async () =>
    await Promise.all(
      people.map(async ({ username, password }) => {
        const login = { identifier: username, password };
        return (await deployment.visitor().post(LOGIN, login)).status;
      }),
    );
  await seeArea(page, "Home");
  await jump(page, "u", "Users");
  await ask(page, "user:herd.");
  await page.getByText("2 users, and that is all").waitFor();
  await page.getByRole("checkbox", { name: "Choose all loaded rows" }).check();
  const bar = page.getByRole("region", { name: "Chosen rows" });
  await bar.getByRole("button", { name: "Block…" }).click();
  await answer(page, "Block them");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("2 done.", { exact: true }).waitFor();
  expect(await statuses()).toEqual([403, 403]);
  await answer(page, "Undo");
  await dialog.getByText("Taken back: 2 done.").waitFor();
  expect(await statuses()).toEqual([200, 200]);
  await answer(page, "Close");
});

journey("a row is copied whole, and the link to it", async () => {
  await using paired = await pair(stage());
  const { page, electron } = paired.console;
  const { account } = paired;
  await seeArea(page, "Home");
  await jump(page, "u", "Users");
  await ask(page, `user:${account.username}`);
  const row = rows(page).filter({ hasText: account.email });
  const choose = async (label: string) => {
    await row.click({ button: "right" });
    await page.getByRole("menuitem", { name: label, exact: true }).click();
  };
  await choose("Copy as JSON");
  await seeConsoleNote(page, "The row copied");
  expect(JSON.parse(electron.copied)).toMatchObject({ email: account.email, role: "owner" });
  await choose("Copy the link");
  await seeConsoleNote(page, "is copied");
  expect(electron.copied).toBe(`#/users?open=${account.id}`);
});
