/**
 * A conversation when something is in the way: too many messages, and a session that ends.
 *
 * @module
 */

import { expect } from "bun:test";
import { findFreePort } from "../support/server_process.ts";
import { bubbles, enterRoom, field, openBot, say, startNamed, storedTexts } from "./_chat_steps.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, press, seeHeading, signIn } from "./_steps.ts";

const stage = setStage({ env: { PORT: String(await findFreePort()) } });

/** Messages that a connection may send, for as long as this may take on any machine, milliseconds. */
const FEW = 4;
const FEW_IN_MS = 3_600_000;

journey(
  "too many messages are waited out and said so; an ended session leads to sign-in and keeps what was not sent",
  async () => {
    const { deployment, person } = stage();
    const [ada, robot] = await Promise.all([deployment.newAccount(), deployment.newAccount()]);
    const conversation = await startNamed("Gate keepers", ada, [robot]);
    const bot = await openBot(deployment, robot, conversation);
    await using someone = await person({ isStill: true });
    const { page } = someone;
    await arriveSignedIn(page, ada);

    // Before the server runs again, more are too many than the page knows of.
    const change = "UPDATE limits SET count = ?, window_ms = ? WHERE id = 'chat_connection'";
    deployment.sql(change, FEW, FEW_IN_MS);
    await deployment.restart();
    await enterRoom(page, conversation, "Gate keepers");
    const texts = Array.from({ length: FEW + 3 }, (_, index) => `quick ${index}`);
    for (const text of texts) await say(page, text);
    await page.getByText("Too many messages at once.").waitFor();
    expect(await page.locator('[data-unsent="waiting"]').count()).toBeGreaterThan(0);
    await expectSound(page, "chat_held_back");
    await bubbles(page)
      .nth(texts.length - 1)
      .waitFor();
    expect(await storedTexts(page)).toEqual(texts);
    deployment.sql(change, 20, 10_000);

    // Written while the server is away, by somebody whose session has ended when it is back.
    await deployment.crash();
    await page.getByText("The connection is gone.").waitFor();
    await say(page, "not lost");
    await field(page).fill("half a thought");
    const ended = "UPDATE sessions SET ended_at = ?, end_reason = 'revoked' WHERE user_id = ?";
    deployment.sql(ended, Date.now(), Number(ada.id));
    await deployment.restart();
    await seeHeading(page, "Sign in");
    await page.getByText("Your session has ended. Sign in to go on.").waitFor();
    await signIn(page, ada.username, ada.password);
    await seeHeading(page, "Gate keepers");
    await page.getByText("Not sent").waitFor();
    expect(await field(page).inputValue()).toBe("half a thought");
    await expectSound(page, "chat_not_sent");
    await press(page, "Try again");
    await bubbles(page).nth(texts.length).waitFor();
    expect(await storedTexts(page)).toEqual([...texts, "not lost"]);
    await bot.chat.history({});
    expect(bot.heard.map(({ text }) => text)).toEqual([...texts, "not lost"]);
    bot.chat.close();

    // Ended by another device while all is well: the conversation leaves the screen at once.
    const elsewhere = await deployment.signIn(ada);
    expect((await elsewhere.request("DELETE", "/api/v1/auth/sessions")).status).toBe(204);
    await seeHeading(page, "Sign in");
    expect(await bubbles(page).count()).toBe(0);
    expect(someone.complaints.filter((complaint) => complaint.startsWith("policy:"))).toEqual([]);
  },
);
