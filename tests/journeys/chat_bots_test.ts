import { afterAll, beforeAll, expect, test } from "bun:test";
import { type ChatBot, openChatBot } from "../support/chat_bot.ts";
import { startConversation } from "../support/chat_room.ts";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { forgeToken } from "../support/forge_token.ts";
import { findFreePort } from "../support/server_process.ts";

/** An end to a test that hangs, not a promise. */
const WAIT_MAX_MS = 120_000;
const LOOK_EVERY_MS = 20;

/** Fifteen from each of three: under the limit of a connection, however few of them there are. */
const MESSAGES_A_PART = 5;
const PARTS = 3;

/** Under the minute before a token's end, and long enough to renew it on a slow machine. */
const NEARLY_OVER_MS = 55_000;
const SPOKEN_MEANWHILE = 10;

let deployment: Deployment;
let accounts: Account[];

beforeAll(async () => {
  deployment = await openDeployment({ env: { PORT: String(await findFreePort()) } });
  accounts = await Promise.all([1, 2, 3].map(() => deployment.newAccount()));
});

afterAll(async () => {
  await deployment.close();
});

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + WAIT_MAX_MS;
  while (!holds()) {
    if (performance.now() > end) throw new Error("Waited in vain");
    await Bun.sleep(LOOK_EVERY_MS);
  }
}

/** A conversation of the three, and a bot of each in it. */
async function gather(): Promise<{ conversation: string; bots: ChatBot[] }> {
  const [maker, ...members] = accounts;
  if (maker === undefined) throw new Error("Cannot gather: nobody is there");
  const conversation = await startConversation(maker, members);
  const { url } = deployment.server;
  const bots = await Promise.all(
    accounts.map((account, index) =>
      openChatBot({ url, account, conversation, by: index === 0 ? "ticket" : "token" }),
    ),
  );
  await until(() => bots.every(({ chat }) => chat.state.name === "open"));
  return { conversation, bots };
}

function closeAll(bots: readonly ChatBot[]): void {
  for (const { chat } of bots) chat.close();
}

test(
  "three bots talk through a crash and a restart: nothing lost, doubled or out of order",
  async () => {
    const { bots } = await gather();
    const stored: Promise<unknown>[] = [];
    function speak(part: number): void {
      for (let count = 0; count < MESSAGES_A_PART; count += 1) {
        for (const [index, { chat }] of bots.entries()) {
          stored.push(chat.send(`${index}: ${part * MESSAGES_A_PART + count}`).stored);
        }
      }
    }

    speak(0);
    await until(() => bots.some(({ heard }) => heard.length > 0));
    await deployment.crash();
    speak(1);
    await until(() => bots.every(({ chat }) => chat.state.name === "reconnecting"));
    await deployment.restart();
    await until(() => bots.every(({ chat }) => chat.state.name === "open"));
    speak(2);
    await deployment.restart();
    await Promise.all(stored);

    const total = MESSAGES_A_PART * PARTS * bots.length;
    await until(() => bots.every(({ heard }) => heard.length >= total));
    const [first] = bots;
    expect(first?.heard.map(({ seq }) => seq)).toEqual(
      Array.from({ length: total }, (_, index) => index + 1),
    );
    for (const { heard } of bots) expect(heard).toEqual(first?.heard ?? []);
    for (const index of bots.keys()) {
      const own = first?.heard.filter(({ text }) => text.startsWith(`${index}: `));
      expect(own?.map(({ text }) => Number(text.slice(3)))).toEqual(
        Array.from({ length: MESSAGES_A_PART * PARTS }, (_, count) => count),
      );
    }
    closeAll(bots);
  },
  WAIT_MAX_MS * 2,
);

test(
  "a bot whose session is ended, and one who is removed, end and say why; the third talks on",
  async () => {
    const { conversation, bots } = await gather();
    const [, other, removed] = accounts;
    const [first, second, third] = bots;
    if (!(other && removed && first && second && third)) throw new Error("Nobody is there");
    const ended = await other.browser.request("DELETE", "/api/v1/auth/sessions");
    expect(ended.status).toBe(204);
    const taken = await first.client.removeMember(conversation, removed.id);
    expect(taken.ok).toBe(true);
    await until(() => [second, third].every(({ chat }) => chat.state.name === "ended"));
    expect(second.chat.state).toEqual({ name: "ended", reason: "signed_out" });
    expect(third.chat.state).toEqual({ name: "ended", reason: "forbidden" });
    const alone = first.chat.send("Who is left?");
    expect(await alone.stored).toEqual({ ok: true, seq: 1 });
    closeAll(bots);
  },
  WAIT_MAX_MS,
);

/** A token that is about to run out: within the minute that the server tells of beforehand. */
async function nearlyOver(token: string): Promise<string> {
  return await forgeToken(deployment, { like: token, expiresAt: Date.now() + NEARLY_OVER_MS });
}

test(
  "a bot whose token is about to run out renews it on the connection that is open",
  async () => {
    const [bot] = await gatherTwo("token");
    await until(() => bot.frames.includes("renewed"));
    expect(bot.frames.filter((type) => type === "ready")).toHaveLength(1);
    expect(await bot.chat.send("still here").stored).toEqual({ ok: true, seq: 1 });
    bot.chat.close();
  },
  WAIT_MAX_MS,
);

test(
  "a page, which cannot read its token, goes on by a second connection and misses nothing",
  async () => {
    const [page, other] = await gatherTwo("cookie");
    const spoken: Promise<unknown>[] = [];
    await until(() => {
      if (spoken.length < SPOKEN_MEANWHILE) spoken.push(other.chat.send("one more").stored);
      return page.frames.filter((type) => type === "ready").length === 2;
    });
    await Promise.all(spoken);
    expect(await page.chat.send("still here").stored).toMatchObject({ ok: true });
    await until(() => other.heard.some(({ text }) => text === "still here"));
    await until(() => page.heard.length === other.heard.length);
    expect(page.heard).toEqual([...other.heard]);
    closeAll([page, other]);
  },
  WAIT_MAX_MS,
);

/** One who comes in with a token that is nearly over, and another one. */
async function gatherTwo(by: "cookie" | "token"): Promise<[ChatBot, ChatBot]> {
  const [account, guest] = await Promise.all([deployment.newAccount(), deployment.newAccount()]);
  const conversation = await startConversation(account, [guest]);
  const { publicUrl } = deployment.server;
  const other = await openChatBot({ url: publicUrl, account: guest, conversation, by: "ticket" });
  const first = await openChatBot({
    url: publicUrl,
    account,
    conversation,
    by,
    age: nearlyOver,
  });
  await until(() => [first, other].every(({ chat }) => chat.state.name === "open"));
  return [first, other];
}
