import { expect } from "bun:test";
import type { Page } from "playwright-core";
import { openChatBot } from "../support/chat_bot.ts";
import { findFreePort } from "../support/server_process.ts";
import { keepScreenshot } from "./_screenshots.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, press, seeHeading } from "./_steps.ts";

const stage = setStage({ env: { PORT: String(await findFreePort()) } });

const PARTS = 3;

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
}

/** The messages that a page shows as stored, oldest first. */
function shown(page: Page): Promise<string[]> {
  return page.locator(".pt-chat-message:has(time) p").allTextContents();
}

journey(
  "two pages and a bot talk through a restart, and an ended session leads to sign-in",
  async () => {
    const { deployment, person } = stage();
    const [ada, bob, robot] = await Promise.all([
      deployment.newAccount(),
      deployment.newAccount(),
      deployment.newAccount(),
    ]);
    await using here = await person({ width: 320, scheme: "dark" });
    await using there = await person();
    await Promise.all([arriveSignedIn(here.page, ada), arriveSignedIn(there.page, bob)]);
    await here.page.goto("/chat");
    await fill(here.page, { Title: "Gate keepers", Members: `${bob.username} ${robot.username}` });
    await press(here.page, "Start the conversation");
    await seeHeading(here.page, "Gate keepers");
    await there.page.goto("/chat");
    await there.page.getByRole("link", { name: "Gate keepers" }).click();
    await seeHeading(there.page, "Gate keepers");
    const conversation = new URL(there.page.url()).searchParams.get("conversation") ?? "";
    const { url } = deployment.server;
    const bot = await openChatBot({ url, account: robot, conversation, by: "ticket" });

    const stored: Promise<unknown>[] = [];
    const expected: string[] = [];
    async function speak(part: number): Promise<void> {
      const texts = ["ada", "bob", "bot"].map(
        (name) => `${name} ${part} https://a.example/${part}`,
      );
      expected.push(...texts);
      await say(here.page, texts[0] ?? "");
      await say(there.page, texts[1] ?? "");
      stored.push(bot.chat.send(texts[2] ?? "").stored);
    }

    await speak(0);
    await Promise.all(stored);
    await deployment.crash();
    await speak(1);
    await here.page.getByText("The connection is gone").waitFor();
    await deployment.restart();
    await Promise.all(stored);
    for (let part = 2; part < PARTS; part += 1) await speak(part);
    await Promise.all(stored);
    for (const { page } of [here, there]) {
      await page
        .locator(".pt-chat-message:has(time)")
        .nth(expected.length - 1)
        .waitFor();
    }
    const heard = bot.heard.map(({ text }) => text);
    expect(heard.toSorted()).toEqual(expected.toSorted());
    expect(await shown(here.page)).toEqual(heard);
    expect(await shown(there.page)).toEqual(heard);
    expect(await here.page.locator(".pt-chat-message a").first().getAttribute("rel")).toContain(
      "noopener",
    );
    await keepScreenshot(here.page, "chat_room_dark_320");
    await keepScreenshot(there.page, "chat_room_light_1280");
    there.complaints.length = 0;
    await expectSound(there, []);
    bot.chat.close();

    const other = await deployment.signIn(ada);
    expect((await other.request("DELETE", "/api/v1/auth/sessions")).status).toBe(204);
    await seeHeading(here.page, "Sign in");
    await here.page.getByText("Your session has ended.").waitFor();
  },
);
