/**
 * Conversations as people use them: reading back, unread messages, members, keys.
 *
 * @module
 */

import { expect } from "bun:test";
import type { Page } from "playwright-core";
import type { Account } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import {
  bubbles,
  enterRoom,
  field,
  openBot,
  putMessages,
  say,
  startNamed,
  storedTexts,
} from "./_chat_steps.ts";
import type { Person, PersonOptions } from "./_person.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, press, seeHeading, seeNote } from "./_steps.ts";

const stage = setStage();

/** Messages of a long conversation: many times as many as are drawn. */
const LONG = 1_500;

/** Of them, those that are not read yet: more than are drawn, too. */
const UNREAD = 300;

/** Conversations of a long list, and those of one page of it. */
const MANY = 120;
const LIST_PAGE = 50;

/** Most messages that a page may hold at once. */
const DRAWN_MAX = 400;

async function seatSignedIn(account: Account, options: PersonOptions = {}): Promise<Person> {
  const person = await stage().person(options);
  await arriveSignedIn(person.page, account);
  return person;
}

function newAccounts(count: number): Promise<Account[]> {
  return Promise.all(Array.from({ length: count }, () => stage().deployment.newAccount()));
}

/** A conversation of two with a long history, in which one message has a link and one is HTML. */
async function longRoom(ada: Account, bob: Account): Promise<string> {
  const conversation = await startNamed("Long", ada, [bob]);
  const start = Date.now() - LONG * 60_000;
  const said = Array.from({ length: LONG }, (_, index) => ({
    by: index % 3 === 0 ? ada : bob,
    text: `message ${index + 1}${" and so on".repeat(index % 7)}`,
    atMs: start + index * 60_000,
  }));
  putMessages(stage().deployment, conversation, said);
  const read = "UPDATE members SET read_seq = ? WHERE conversation_id = ? AND user_id = ?";
  stage().deployment.sql(read, LONG - UNREAD, conversation, Number(ada.id));
  return conversation;
}

interface Sight {
  readonly seq: number;
  readonly top: number;
}

/** The first message in sight, and where it is. */
function firstInSight(page: Page): Promise<Sight> {
  return page.evaluate<Sight>(`(() => {
    const log = document.querySelector(".pt-log");
    const from = log.getBoundingClientRect().top;
    const all = [...log.querySelectorAll("[data-seq]")];
    const first = all.find((one) => one.getBoundingClientRect().top >= from);
    return { seq: Number(first.dataset.seq), top: first.getBoundingClientRect().top - from };
  })()`);
}

/** Where a message is now; undefined where it is not drawn. */
function topOf(page: Page, seq: number): Promise<number | undefined> {
  return page.evaluate<number | undefined>(`(() => {
    const log = document.querySelector(".pt-log");
    const one = log.querySelector('[data-seq="${seq}"]');
    return one === null ? undefined : one.getBoundingClientRect().top - log.getBoundingClientRect().top;
  })()`);
}

/** How far the log is from its end, pixels. */
const BELOW = `(() => {
  const log = document.querySelector(".pt-log");
  return log.scrollHeight - log.clientHeight - log.scrollTop;
})()`;

/** Scrolls by hand, and waits until the page has drawn what that brought. */
async function scroll(page: Page, byPx: number): Promise<void> {
  await page.evaluate(`document.querySelector(".pt-log").scrollBy(0, ${byPx})`);
  await page.evaluate(
    "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))",
  );
}

/** Waits for the name of the tab. */
async function seeTitle(page: Page, title: string): Promise<void> {
  await eventually(`the tab is called ${title}`, async () => (await page.title()) === title);
}

journey("scrolling back shows every message once, holds few, and keeps the place", async () => {
  const [ada, bob] = await newAccounts(2);
  if (ada === undefined || bob === undefined) throw new Error("Nobody is there");
  const conversation = await longRoom(ada, bob);
  await using reader = await seatSignedIn(ada);
  const { page } = reader;
  await enterRoom(page, conversation, "Long");
  await page.getByText("New", { exact: true }).waitFor();
  expect((await firstInSight(page)).seq).toBeWithin(LONG - UNREAD - 20, LONG - UNREAD + 2);
  await press(page, `${UNREAD} new messages`);
  await bubbles(page)
    .filter({ hasText: `message ${LONG}` })
    .waitFor();

  const seen = new Set<number>();
  async function note(): Promise<void> {
    const seqs = await page.evaluate<number[]>(
      `[...document.querySelectorAll("[data-seq]")].map((one) => Number(one.dataset.seq))`,
    );
    expect(seqs.length).toBeLessThanOrEqual(DRAWN_MAX);
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
    for (const seq of seqs) seen.add(seq);
  }
  while (!seen.has(1)) {
    await scroll(page, -700);
    const { seq, top } = await firstInSight(page);
    // What comes from the server meanwhile moves nothing, either.
    await scroll(page, 0);
    const now = await topOf(page, seq);
    expect(Math.abs((now ?? Number.POSITIVE_INFINITY) - top)).toBeLessThanOrEqual(2);
    await note();
  }
  expect(seen.size).toBe(LONG);
  await page.getByText("The conversation begins here.").waitFor();

  // Others go on meanwhile: one stays where one reads, and is told how many there are.
  const bot = await openBot(stage().deployment, bob, conversation);
  const before = await firstInSight(page);
  await Promise.all([1, 2, 3].map((count) => bot.chat.send(`late ${count}`).stored));
  await page.getByRole("button", { name: "3 new messages" }).waitFor();
  expect(Math.abs(((await topOf(page, before.seq)) ?? 0) - before.top)).toBeLessThanOrEqual(2);
  await press(page, "3 new messages");
  await bubbles(page).filter({ hasText: "late 3" }).waitFor();
  expect((await storedTexts(page)).slice(-3)).toEqual(["late 1", "late 2", "late 3"]);
  await page.getByRole("button", { name: /new message/ }).waitFor({ state: "detached" });

  // Where one writes grows, and the newest message stays in sight.
  await field(page).fill("one\ntwo\nthree\nfour\nfive\nsix");
  await eventually("the end is in sight", async () => (await page.evaluate<number>(BELOW)) <= 2);
  bot.chat.close();
  expect(reader.complaints).toEqual([]);
});

journey(
  "unread messages are counted in the list, marked in the room, and read by looking",
  async () => {
    const [ada, bob] = await newAccounts(2);
    if (ada === undefined || bob === undefined) throw new Error("Nobody is there");
    const conversation = await startNamed("Night watch", ada, [bob]);
    const other = await startNamed("Day watch", ada, []);
    await using reader = await seatSignedIn(ada);
    const { page } = reader;
    const bot = await openBot(stage().deployment, bob, conversation);
    await bot.chat.send("All quiet").stored;
    await bot.chat.send("Still quiet").stored;
    await page.getByRole("link", { name: /Unread messages in one conversation/ }).click();
    await seeHeading(page, "Chat");
    const rows = page.getByRole("region", { name: "Conversations" }).getByRole("link");
    await rows.first().getByText("2 unread").waitFor();
    await seeTitle(page, "(2) Chat · Postern");
    expect(await rows.first().textContent()).toContain(`${bob.username}: Still quiet`);
    await rows.first().click();
    await seeHeading(page, "Night watch");
    await page.getByText("New", { exact: true }).waitFor();
    await rows.first().getByText("unread").waitFor({ state: "detached" });
    await seeTitle(page, "Night watch · Postern");

    // Elsewhere, the list still learns of what comes; back again, it is marked.
    await rows.filter({ hasText: "Day watch" }).click();
    await seeHeading(page, "Day watch");
    await say(page, "A word to myself");
    await bubbles(page).getByText("A word to myself").waitFor();
    await rows.first().getByText("You: A word to myself").waitFor();
    await bot.chat.send("Somebody at the gate").stored;
    await rows.first().getByText("1 unread").waitFor();
    expect(await rows.first().textContent()).toContain("Somebody at the gate");
    await rows.first().click();
    await bubbles(page).getByText("Somebody at the gate").waitFor();
    await page.getByText("New", { exact: true }).waitFor();
    const list = await ada.browser.get("/api/v1/conversations");
    expect(list.json).toMatchObject({ items: [{ id: conversation }, { id: other, unread: 0 }] });
    bot.chat.close();
    expect(reader.complaints).toEqual([]);
  },
);

journey("who is here and who is typing is shown, and each message is read out once", async () => {
  const [ada, bob] = await newAccounts(2);
  if (ada === undefined || bob === undefined) throw new Error("Nobody is there");
  const conversation = await startNamed("Night watch", ada, [bob]);
  await using here = await seatSignedIn(ada);
  await using there = await seatSignedIn(bob, { width: 390 });
  await enterRoom(here.page, conversation, "Night watch");
  await here.page.getByText("nobody else is here").waitFor();
  await enterRoom(there.page, conversation, "Night watch");
  await here.page.getByText(`${bob.username} is here`).waitFor();
  const typing = here.page.getByText(`${bob.username} is typing`);
  await Promise.all([typing.waitFor(), field(there.page).pressSequentially("Who goes")]);
  await field(there.page).press("Shift+Enter");
  await field(there.page).pressSequentially("there?");
  await field(there.page).press("Enter");
  await bubbles(here.page).getByText("Who goes\nthere?").waitFor();
  await typing.waitFor({ state: "detached" });
  const spoken = here.page.getByRole("status", { name: "New messages" });
  await spoken.getByText(`${bob.username}: Who goes`).waitFor();

  // Text that is none of a page's: shown as text, and only real addresses lead anywhere.
  const odd = `<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/?q="x`;
  await say(here.page, odd);
  await bubbles(there.page).getByText(odd).waitFor();
  const links = await bubbles(there.page).getByRole("link").all();
  expect(links).toHaveLength(1);
  expect(await links[0]?.getAttribute("href")).toBe("https://a.example/?q=");
  expect(await links[0]?.getAttribute("rel")).toBe("noopener noreferrer nofollow ugc");
  expect(await links[0]?.getAttribute("target")).toBe("_blank");

  // Keys: up from the empty field to the messages, Escape back.
  await field(here.page).press("ArrowUp");
  await here.page.getByRole("log").and(here.page.locator(":focus")).waitFor();
  await here.page.keyboard.press("Escape");
  await field(here.page).and(here.page.locator(":focus")).waitFor();
  await there.page.getByRole("link", { name: "All conversations" }).click();
  await seeHeading(there.page, "Chat");
  await here.page.getByText("nobody else is here").waitFor();
  for (const { complaints } of [here, there]) expect(complaints).toEqual([]);
});

journey("members are added, removed and leave; whoever is out is told so at once", async () => {
  const [ada, bob, cyd] = await newAccounts(3);
  if (ada === undefined || bob === undefined || cyd === undefined)
    throw new Error("Nobody is there");
  await using maker = await seatSignedIn(ada);
  const { page } = maker;
  await page.goto("/chat");
  await press(page, "New conversation");
  await fill(page, { Title: " ", People: "nobody-here" });
  await press(page, "Start");
  await page.getByText("Enter a title").waitFor();
  await fill(page, { Title: "Night watch" });
  await press(page, "Start");
  await page.getByText("There is no user named nobody-here.").waitFor();
  await page.locator(":focus[name=members][aria-invalid=true]").waitFor();
  await fill(page, { People: bob.username });
  await press(page, "Start");
  await seeHeading(page, "Night watch");
  const conversation = new URL(page.url()).searchParams.get("conversation") ?? "";
  await using other = await seatSignedIn(bob, { width: 390, scheme: "dark" });
  await enterRoom(other.page, conversation, "Night watch");

  await press(page, "Members");
  const dialog = page.getByRole("dialog", { name: "About this conversation" });
  await fill(dialog, { Title: "Long watch" });
  await press(dialog, "Rename");
  await dialog.getByText("It is called Long watch now.").waitFor();
  await fill(dialog, { "Add people": "nobody-here" });
  await press(dialog, "Add");
  await dialog.getByText("There is no user named nobody-here.").waitFor();
  await fill(dialog, { "Add people": cyd.username });
  await press(dialog, "Add");
  await dialog.getByText(`${cyd.username} is in.`).waitFor();
  await press(dialog, `Remove ${bob.username}`);
  await dialog.getByText(`${bob.username} is out.`).waitFor();
  await dialog.locator("ul:focus").waitFor();
  expect(await dialog.getByRole("listitem").allInnerTexts()).toHaveLength(2);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Members" }).and(page.locator(":focus")).waitFor();
  await seeHeading(page, "Long watch");

  await seeHeading(other.page, "You are not in this conversation");
  await other.page.getByRole("link", { name: "All conversations" }).click();
  await other.page.getByText("No conversations yet.").waitFor();
  await press(page, "Members");
  await press(dialog, "Leave");
  await press(page.getByRole("dialog", { name: "Leave Long watch?" }), "Leave");
  await seeNote(page, "You left Long watch");
  await seeHeading(page, "Chat");
  await page.goto(`/chat?conversation=${conversation}`);
  await seeHeading(page, "You are not in this conversation");
  const own = maker.complaints.filter((complaint) => !complaint.startsWith("4"));
  expect(own).toEqual([]);
});

journey("a long list of conversations is asked for page by page, each of them once", async () => {
  const { deployment } = stage();
  const [ada] = await newAccounts(1);
  if (ada === undefined) throw new Error("Nobody is there");
  deployment.sql(
    `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
     INSERT INTO conversations (id, title, made_by, created_at, active_at)
     SELECT printf('00000000-0000-7000-8000-%012d', n), 'Room ' || n, ?, n, n FROM n`,
    MANY,
    Number(ada.id),
  );
  deployment.sql(
    `INSERT INTO members (conversation_id, user_id, joined_at)
     SELECT id, made_by, 1 FROM conversations WHERE made_by = ?`,
    Number(ada.id),
  );
  await using reader = await seatSignedIn(ada);
  const { page } = reader;
  await page.goto("/chat");
  const rows = page.locator(".pt-conversation-title");
  await rows.nth(LIST_PAGE - 1).waitFor();
  expect(await rows.count()).toBe(LIST_PAGE);
  while ((await rows.count()) < MANY) {
    const count = await rows.count();
    await press(page, "Show more");
    await rows.nth(count).waitFor();
  }
  const expected = Array.from({ length: MANY }, (_, index) => `Room ${MANY - index}`);
  expect(await rows.allTextContents()).toEqual(expected);
  expect(await page.getByRole("button", { name: "Show more" }).count()).toBe(0);
  expect(reader.complaints).toEqual([]);
});
