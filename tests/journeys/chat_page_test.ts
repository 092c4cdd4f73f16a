/**
 * Talking through a server that is killed: two people in two browsers, and a bot.
 *
 * @module
 */

import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { findFreePort } from "../support/server_process.ts";
import { bubbles, openBot, say, storedTexts } from "./_chat_steps.ts";
import { keepScreenshot } from "./_screenshots.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, press, seeHeading } from "./_steps.ts";

const stage = setStage({ env: { PORT: String(await findFreePort()) } });

/** How often the server is killed. */
const KILLS = 2;

/** What a browser has to say of a server that is not there, and of nothing else. */
const MISSED =
  /^console: (WebSocket connection to .* failed|Failed to load resource: net::ERR_[A-Z_]+$)/;

async function makeRoom(page: Page, title: string, people: string): Promise<string> {
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await seeHeading(page, "Chat");
  await page.getByText("No conversations yet.").waitFor();
  await press(page, "New conversation");
  await fill(page, { Title: title, People: people });
  await press(page, "Start");
  await seeHeading(page, title);
  return new URL(page.url()).searchParams.get("conversation") ?? "";
}

journey(
  "two pages and a bot talk while the server is killed: nothing lost, doubled or out of order",
  async () => {
    const { deployment, person } = stage();
    const [ada, bob, robot] = await Promise.all([
      deployment.newAccount(),
      deployment.newAccount(),
      deployment.newAccount(),
    ]);
    await using here = await person({ width: 390, scheme: "dark" });
    await using there = await person();
    await Promise.all([arriveSignedIn(here.page, ada), arriveSignedIn(there.page, bob)]);
    const people = `${bob.username}, @${robot.username}`;
    const conversation = await makeRoom(here.page, "Gate keepers", people);
    await there.page.goto("/chat");
    await there.page.getByRole("link", { name: "Gate keepers" }).click();
    await seeHeading(there.page, "Gate keepers");
    const bot = await openBot(deployment, robot, conversation);
    const expected: string[] = [];
    const sent: Promise<unknown>[] = [];
    async function speak(part: number): Promise<void> {
      await say(here.page, `ada ${part}`);
      await say(there.page, `bob ${part}`);
      sent.push(bot.chat.send(`bot ${part}`).stored);
      expected.push(`ada ${part}`, `bob ${part}`, `bot ${part}`);
    }
    async function allSee(): Promise<void> {
      await Promise.all(sent);
      const last = expected.length - 1;
      await Promise.all([here, there].map(({ page }) => bubbles(page).nth(last).waitFor()));
    }

    await speak(0);
    await allSee();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // What is under way when the server dies, what is written while it is dead, and what after.
      await speak(3 * kill);
      await deployment.crash();
      await speak(3 * kill + 1);
      await here.page.getByText("The connection is gone.").waitFor();
      await here.page.getByText("Waits for the connection").last().waitFor();
      await keepScreenshot(here.page, "chat_gone_390_dark");
      await here.context.setOffline(true);
      await here.page.getByText("You are offline.").waitFor();
      await here.context.setOffline(false);
      await here.page.getByText("The connection is gone.").waitFor();
      await deployment.restart();
      await speak(3 * kill + 2);
      await allSee();
    }
    const heard = bot.heard.map(({ text }) => text);
    expect(heard.toSorted()).toEqual(expected.toSorted());
    for (const { page } of [here, there]) {
      expect(await storedTexts(page)).toEqual(heard);
      expect(await page.locator("[data-unsent]").count()).toBe(0);
    }
    for (const name of ["ada", "bob", "bot"]) {
      const own = heard.filter((text) => text.startsWith(name));
      expect(own).toEqual(expected.filter((text) => text.startsWith(name)));
    }
    await here.page.getByText("are here").waitFor();
    await here.page.reload();
    await bubbles(here.page)
      .nth(expected.length - 1)
      .waitFor();
    expect(await storedTexts(here.page)).toEqual(heard);
    bot.chat.close();
    for (const { complaints } of [here, there]) {
      expect(complaints.filter((complaint) => !MISSED.test(complaint))).toEqual([]);
    }
  },
);
