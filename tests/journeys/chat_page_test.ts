import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { type ChatBot, openChatBot } from "../support/chat_bot.ts";
import type { Account } from "../support/deployment.ts";
import { findFreePort } from "../support/server_process.ts";
import { keepScreenshot } from "./_screenshots.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, press, seeHeading } from "./_steps.ts";

const stage = setStage({ env: { PORT: String(await findFreePort()) } });

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
}

/** The messages that a page shows as stored, oldest first. */
function stored(page: Page): Promise<string[]> {
  return page.locator(".pt-bubble[data-seq]").allTextContents();
}

async function openBot(account: Account, conversation: string): Promise<ChatBot> {
  const { url } = stage().deployment.server;
  return await openChatBot({ url, account, conversation, by: "ticket" });
}

journey("two pages and a bot talk through kill -9: nothing lost, doubled or out of order", async () => {
  const { deployment, person } = stage();
  const [ada, bob, robot] = await Promise.all([
    deployment.newAccount(),
    deployment.newAccount(),
    deployment.newAccount(),
  ]);
  await using here = await person({ width: 390, scheme: "dark" });
  await using there = await person();
  await Promise.all([arriveSignedIn(here.page, ada), arriveSignedIn(there.page, bob)]);
  await here.page.goto("/chat");
  await keepScreenshot(here.page, "chat_empty");
  await press(here.page, "New conversation");
  await fill(here.page, { Title: "Gate keepers", People: `${bob.username} ${robot.username}` });
  await keepScreenshot(here.page, "chat_new");
  await press(here.page, "Start");
  await seeHeading(here.page, "Gate keepers");
  await there.page.goto("/chat");
  await there.page.getByRole("link", { name: "Gate keepers" }).click();
  await seeHeading(there.page, "Gate keepers");
  const conversation = new URL(there.page.url()).searchParams.get("conversation") ?? "";
  const bot = await openBot(robot, conversation);
  const sent: Promise<unknown>[] = [];
  const expected: string[] = [];
  async function speak(part: number): Promise<void> {
    const [one, two, three] = ["ada", "bob", "bot"].map((name) => `${name} ${part} https://a.example/${part}`);
    expected.push(one ?? "", two ?? "", three ?? "");
    await say(here.page, one ?? "");
    await say(there.page, two ?? "");
    sent.push(bot.chat.send(three ?? "").stored);
  }
  await speak(0);
  await Promise.all(sent);
  await keepScreenshot(there.page, "chat_room_1280");
  await deployment.crash();
  await speak(1);
  await here.page.getByText("The connection is gone").waitFor();
  await keepScreenshot(here.page, "chat_gone_390");
  await deployment.restart();
  await Promise.all(sent);
  await speak(2);
  await Promise.all(sent);
  for (const { page } of [here, there]) {
    await page.locator(".pt-bubble[data-seq]").nth(expected.length - 1).waitFor();
  }
  const heard = bot.heard.map(({ text }) => text);
  expect(heard.toSorted()).toEqual(expected.toSorted());
  expect(await stored(here.page)).toEqual(heard);
  expect(await stored(there.page)).toEqual(heard);
  await keepScreenshot(here.page, "chat_room_390");
  await press(there.page, "Members");
  await keepScreenshot(there.page, "chat_members_1280");
  bot.chat.close();
});
