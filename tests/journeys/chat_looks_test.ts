/**
 * The pages of conversations in both schemes and at three widths: nothing that axe finds, no
 * sideways scrolling, no complaint of the browser.
 *
 * @module
 */

import { expect } from "bun:test";
import type { ChatBot } from "../support/chat_bot.ts";
import type { Account } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { bubbles, enterRoom, field, openBot, putMessages, startNamed } from "./_chat_steps.ts";
import { expectSound } from "./_soundness.ts";
import { journey, setStage } from "./_stage.ts";
import { arriveSignedIn, fill, press, seeHeading } from "./_steps.ts";

const stage = setStage();

const HOUR_MS = 3_600_000;

/** What was said in the last days, by whom of three, and how many hours ago. */
const SAID = [
  [1, 51, `A long one: ${"the lantern by the stairs needs oil, ".repeat(8)}and that is all.`],
  [0, 50.5, "A word with no end: ".concat("gate".repeat(40))],
  [2, 50.4, "אני אבוא בשמונה"],
  [
    1,
    26,
    "The new hinge of the north gate has come. Photos are at https://keep.example/gates/north",
  ],
  [0, 25.9, "Did it come with the longer pin?"],
  [1, 25.8, "It did, and with a spare."],
  [2, 25.7, "Who has the watch on Friday?\nI could take the first half."],
  [0, 2, "Then I take the second."],
  [2, 1.5, "The smith asks whether Thursday is fine, too."],
  [2, 1.49, "He would bring the bolts."],
] as const;

const TITLES = [
  "Harvest supper",
  "Roof of the west tower, and what it will cost this time",
  "Letters",
];

async function people(): Promise<[Account, Account, Account]> {
  const { deployment } = stage();
  return await Promise.all([
    deployment.newAccount({ username: "ann.whitlock" }),
    deployment.newAccount({ username: "bob" }),
    deployment.newAccount({ username: "mia-k" }),
  ]);
}

/** Some conversations of the three, of which the newest has two messages that the first did not read. */
async function makeRooms(all: [Account, Account, Account]): Promise<string> {
  const { deployment } = stage();
  const [ann, bob, mia] = all;
  const now = Date.now();
  for (const [index, title] of TITLES.entries()) {
    const id = await startNamed(title, ann, index === 2 ? [] : [bob, mia]);
    const atMs = now - (index + 1) * 60 * HOUR_MS;
    putMessages(deployment, id, [{ by: index === 0 ? bob : ann, text: "See you there", atMs }]);
  }
  const room = await startNamed("Gate keepers", ann, [bob, mia]);
  const said = SAID.map(([by, hours, text]) => ({
    by: all[by],
    text,
    atMs: now - hours * HOUR_MS,
  }));
  putMessages(deployment, room, said);
  const read = "UPDATE members SET read_seq = ? WHERE conversation_id = ? AND user_id = ?";
  deployment.sql(read, SAID.length - 2, room, Number(ann.id));
  return room;
}

/** Types until that is seen. */
async function typeUntil(bot: ChatBot, isSeen: () => Promise<boolean>): Promise<void> {
  await eventually("the typing is seen", async () => {
    bot.chat.typing();
    await Bun.sleep(500);
    return await isSeen();
  });
}

journey("conversations are sound in both schemes and at three widths", async () => {
  const { deployment, person } = stage();
  const all = await people();
  const [ann, bob] = all;
  const room = await makeRooms(all);
  await using someone = await person({ isStill: true });
  const { page } = someone;
  await arriveSignedIn(page, ann);
  await page.goto("/chat");
  await page.getByRole("link", { name: /Gate keepers/ }).waitFor();
  await expectSound(page, "chat_list");
  await press(page, "New conversation");
  await fill(page, { People: "nobody-here" });
  await press(page, "Start");
  await page.getByText("Enter a title").waitFor();
  await expectSound(page, "chat_new");
  await press(page, "Cancel");

  const bot = await openBot(deployment, bob, room);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await enterRoom(page, room, "Gate keepers");
  await page.getByText("New", { exact: true }).waitFor();
  await page.getByText("bob is here").waitFor();
  await typeUntil(bot, () => page.getByText("bob is typing").isVisible());
  await expectSound(page, "chat_room");
  await field(page).fill(`${"x".repeat(3_990)}\n${"y".repeat(40)}`);
  await page.getByText("31 characters too many").waitFor();
  await expectSound(page, "chat_too_long");
  await field(page).fill("");
  await press(page, "Members");
  await page.getByRole("dialog").getByText("started it").waitFor();
  await expectSound(page, "chat_members");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Members" }).and(page.locator(":focus")).waitFor();

  await page.setViewportSize({ width: 768, height: 500 });
  await page.getByRole("log").focus();
  await page.keyboard.press("Home");
  await page.getByRole("button", { name: "Newest" }).waitFor();
  await bot.chat.send("The smith is here.").stored;
  await page.getByRole("button", { name: "1 new message" }).waitFor();
  await expectSound(page, "chat_jump");
  await page.keyboard.press("End");
  await bubbles(page).getByText("The smith is here.").waitFor();
  bot.chat.close();
  expect(someone.complaints).toEqual([]);

  await page.goto(`/chat?conversation=${crypto.randomUUID()}`);
  await seeHeading(page, "You are not in this conversation");
  await expectSound(page, "chat_none");
});
