/**
 * Many who speak to many, while the server dies and comes back: nothing that was acknowledged is lost, and
 * everybody hears everything once and in order.
 *
 * @module
 */

import { expect, test } from "bun:test";
import { startConversation, tokensOf } from "../support/chat_room.ts";
import {
  type Account,
  type Deployment,
  freshAddress,
  openDeployment,
} from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { liftLimits } from "../support/lift_limits.ts";
import { LoudMember } from "../support/loud_member.ts";

const SENDERS = 20;
const MEMBERS = 50;
const MESSAGES_EACH = 1_000;
const TOTAL = SENDERS * MESSAGES_EACH;
/** How many each sender has under way. */
const UNDER_WAY = 50;
const TEST_MAX_MS = 600_000;

async function seat(deployment: Deployment): Promise<LoudMember[]> {
  const accounts: Account[] = [];
  while (accounts.length < MEMBERS) {
    const some = Array.from({ length: 10 }, () => deployment.newAccount());
    accounts.push(...(await Promise.all(some)));
  }
  const [maker, ...others] = accounts;
  if (maker === undefined) throw new TypeError("Cannot seat anybody: nobody is there");
  const room = await startConversation(maker, others);
  const members: LoudMember[] = [];
  for (const account of accounts) {
    const { access_token: token } = await tokensOf(deployment, account);
    const headers = { "X-Forwarded-For": freshAddress() };
    const url = () =>
      `${deployment.server.url.replace(/^http/, "ws")}/ws/chat/${room}?token=${token}`;
    members.push(new LoudMember({ url, headers }));
  }
  await eventually("all are connected", () => members.every(({ isReady }) => isReady));
  return members;
}

/** Says everything, some at a time. */
async function speak(member: LoudMember, name: number): Promise<void> {
  for (let from = 0; from < MESSAGES_EACH; from += UNDER_WAY) {
    const some = Array.from({ length: UNDER_WAY }, (_, n) => member.say(`${name}: ${from + n}`));
    await Promise.all(some);
  }
}

function total(members: readonly LoudMember[], of: (member: LoudMember) => number): number {
  return members.reduce((sum, member) => sum + of(member), 0);
}

/** Waits until there are enough, for as long as more come. */
async function whileMore(count: () => number, enough: number): Promise<void> {
  while (count() < enough) {
    const before = count();
    await eventually("there are more", () => count() > before);
  }
}

test(
  "20 senders x 1,000 messages to 50 members, and kill -9 in the middle: complete, once and in order at each",
  async () => {
    const env = { PUBLIC_URL: "http://localhost:8000" };
    const deployment = await openDeployment({ env });
    try {
      await liftLimits(deployment, "chat_connection", "upgrade_address");
      const members = await seat(deployment);
      const senders = members.slice(0, SENDERS);
      const acknowledged = () => total(senders, (sender) => sender.acknowledged.size);
      const speaking = senders.map(speak);
      await whileMore(acknowledged, TOTAL / 2);
      await deployment.crash();
      const before = senders.flatMap((sender) => [...sender.acknowledged]);
      expect(before.length).toBeLessThan(TOTAL);
      await deployment.restart();
      await Promise.all(speaking);
      await whileMore(() => total(members, ({ texts }) => texts.length), TOTAL * MEMBERS);

      const texts = members[0]?.texts ?? [];
      expect(texts).toHaveLength(TOTAL);
      expect(new Set(texts).size).toBe(TOTAL);
      for (const [text, seq] of before) expect(texts[seq - 1]).toBe(text);
      for (const member of members) {
        expect(member.cuts).toBeGreaterThan(0);
        expect(member.faults).toEqual([]);
        expect(Bun.deepEquals(member.texts, texts)).toBe(true);
      }
      for (const member of members) member.close();
    } finally {
      await deployment.close();
    }
  },
  TEST_MAX_MS,
);
