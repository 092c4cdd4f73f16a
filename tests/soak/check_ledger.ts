/**
 * Looks up everything that was acknowledged, at a server that was started anew: so all of it comes from
 * the disk.
 *
 * @module
 */

import { inGroups } from "../bench/in_groups.ts";
import { openChatSocket } from "../support/chat_socket.ts";
import { tokenIn } from "../support/deployment.ts";
import { compareHistory, type DeadCredential, type Holder } from "./ledger.ts";
import { attempt, isDone } from "./outcome.ts";
import type { Conversation, Crowd } from "./people/crowd.ts";
import type { MailBox } from "./people/newcomers.ts";
import { type Program, refresh, takeTokens } from "./people/programs.ts";
import { AUTH, FIRST_PASSWORD, type World } from "./world.ts";

/** How many things were looked up, by what they are. */
export type Checked = Record<string, number>;

/** Who is looked up. */
export interface Facts {
  readonly programs: readonly Program[];
  readonly crowd: Crowd;
  readonly box: MailBox;
}

/** Sign-ins under way at once. */
const AT_ONCE = 8;

/** A sign-in costs the server a hash, so of many accounts the last ones are looked up. */
const HOLDERS_MOST = 400;
const FORMER_MOST = 200;
const LINKS_MOST = 20;

const MAILS_WITHIN_MS = 90_000;
const PAGE = 200;

/** Looks everything up. What is not as it was acknowledged is a broken promise in the ledger. */
export async function checkLedger(world: World, facts: Facts): Promise<Checked> {
  const { ledger, deployment } = world;
  const holders = ledger.holders.slice(-HOLDERS_MOST);
  const former = holders.filter((holder) => holder.former.length > 0).slice(-FORMER_MOST);
  await inGroups(holders, AT_ONCE, (holder) => checkHolder(world, holder));
  await inGroups(former, AT_ONCE, (holder) => checkFormer(world, holder));
  await inGroups(ledger.dead, AT_ONCE, (dead) => checkDead(world, dead));
  const lineages = await inGroups(facts.programs, AT_ONCE, (each) => checkLineage(world, each));
  const mails = await checkMails(world, facts.box);
  let messages = 0;
  for (const each of facts.crowd.conversations) messages += await checkMessages(world, each);
  const end = await deployment.admin("audit", "verify", "--json");
  const [audit] = end.objects() as { ok?: boolean; checked?: number; first_bad?: unknown }[];
  if (audit?.ok !== true) ledger.breaks(`The chain of events does not verify: ${end.stdout}`);
  checkEvents(world);
  return {
    accounts: holders.length,
    "former passwords": former.length,
    "ended sessions": ledger.dead.length,
    "token lineages": lineages.filter((isChecked) => isChecked).length,
    "mails of signups": mails,
    messages,
    events: audit?.checked ?? 0,
  };
}

async function login(world: World, holder: Holder, password: string) {
  const visitor = world.deployment.visitor();
  const body = { identifier: holder.username, password };
  let answer = await attempt(visitor.post(`${AUTH}/login`, body));
  for (let tries = 0; answer?.status === 503 && tries < 10; tries += 1) {
    await Bun.sleep(1_000);
    answer = await attempt(visitor.post(`${AUTH}/login`, body));
  }
  return { answer, visitor };
}

async function checkHolder(world: World, holder: Holder): Promise<void> {
  for (const password of holder.passwords) {
    const { answer, visitor } = await login(world, holder, password);
    if (!isDone(answer)) continue;
    const me = await attempt(visitor.get(`${AUTH}/me`));
    const name = (me?.json as { name?: string | null } | undefined)?.name ?? null;
    if (!holder.names.includes(name)) {
      world.ledger.breaks(`${holder.username} is called ${name}, not ${holder.names.join(" or ")}`);
    }
    return;
  }
  world.ledger.breaks(`No acknowledged password of ${holder.username} opens the account`);
}

async function checkFormer(world: World, holder: Holder): Promise<void> {
  const { answer } = await login(world, holder, holder.former.at(-1) ?? "");
  if (isDone(answer)) world.ledger.breaks(`A former password of ${holder.username} still opens it`);
}

async function checkDead(world: World, { how, headers }: DeadCredential): Promise<void> {
  const answer = await attempt(world.deployment.visitor().get(`${AUTH}/me`, { headers }));
  if (isDone(answer)) world.ledger.breaks(`A session that was ${how} is alive again`);
}

async function checkLineage(world: World, program: Program): Promise<boolean> {
  if (program.tokens === null || program.tokens.unansweredSince !== null) return false;
  const outcome = await refresh(world, program);
  if (outcome.as !== "done") {
    const detail = "detail" in outcome ? outcome.detail : outcome.as;
    world.ledger.breaks(`The last refresh token of ${program.holder.username}: ${detail}`);
  }
  return true;
}

async function checkMails(world: World, box: MailBox): Promise<number> {
  const { signups, holders } = world.ledger;
  const deadline = performance.now() + MAILS_WITHIN_MS;
  const missing = () => [...signups].filter((email) => box.find(email) === undefined);
  while (missing().length > 0 && performance.now() < deadline) await Bun.sleep(200);
  for (const email of missing()) world.ledger.breaks(`The signup of ${email} has had no mail`);
  const known = new Set(holders.map(({ email }) => email));
  const open = [...signups].filter((email) => !known.has(email)).slice(-LINKS_MOST);
  await inGroups(open, AT_ONCE, async (email) => {
    const mail = box.find(email);
    if (mail === undefined) return;
    const body = { token: tokenIn(mail), password: FIRST_PASSWORD };
    const answer = await attempt(world.deployment.visitor().post(`${AUTH}/verify-email`, body));
    if (!isDone(answer)) world.ledger.breaks(`The link of ${email}: ${answer?.text}`);
  });
  return signups.size;
}

async function checkMessages(world: World, { id, reader }: Conversation): Promise<number> {
  await takeTokens(world, reader);
  const path = `/ws/chat/${id}?token=${reader.tokens?.access}`;
  await using socket = openChatSocket({ url: world.deployment.server.url, path });
  await socket.until(({ type }) => type === "ready");
  const stored: { readonly seq: number; readonly id: string; readonly text: string }[] = [];
  for (let pages = 1; ; pages += 1) {
    socket.send({ type: "history", after: stored.at(-1)?.seq ?? 0, limit: PAGE });
    const isPage = ({ type }: { readonly type: string }) => type === "history";
    await socket.until(() => socket.frames.filter(isPage).length >= pages);
    const page = socket.frames.filter(isPage).at(-1) as unknown as {
      readonly messages: typeof stored;
      readonly more: boolean;
    };
    stored.push(...page.messages);
    if (!page.more) break;
  }
  for (const wrong of compareHistory(world.ledger, id, stored)) {
    world.ledger.breaks(`Conversation ${id}: ${wrong}`);
  }
  return stored.length;
}

/** What was acknowledged has its event. */
function checkEvents({ deployment, ledger }: World): void {
  const sql = "SELECT count(*) AS count FROM events WHERE action = ? AND success = 1";
  const count = (action: string) =>
    deployment.sql<{ count: number }>(sql, action).at(0)?.count ?? 0;
  const { signIns, passwordChanges } = ledger.counts;
  for (const [action, least] of [
    ["login", signIns],
    ["password_change", passwordChanges],
  ] as const) {
    const found = count(action);
    if (found < least)
      ledger.breaks(`${least} ${action} were acknowledged, ${found} have an event`);
  }
}
