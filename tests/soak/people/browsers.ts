/**
 * People with browsers: look at who they are, change their names and passwords, sign in elsewhere, and
 * end sessions.
 *
 * @module
 */

import type { Visitor } from "../../support/deployment.ts";
import type { Holder } from "../ledger.ts";
import { attempt, DONE, isDone, isUnsure, judge, type Outcome } from "../outcome.ts";
import { AUTH, type World } from "../world.ts";

/** Somebody with a browser that is signed in, and others that come and go. */
export interface BrowserPerson {
  readonly holder: Holder;
  readonly browser: Visitor;
  readonly others: Visitor[];
}

/** Other browsers of one person, at most. */
const OTHERS_MAX = 3;

const UNAUTHENTICATED = 401;

/** Asks who is signed in. */
export async function lookAtSelf(_: World, { browser }: BrowserPerson): Promise<Outcome> {
  return judge(await attempt(browser.get(`${AUTH}/me`)), "GET me of a browser");
}

/** Lists the devices. */
export async function lookAtDevices(_: World, { browser }: BrowserPerson): Promise<Outcome> {
  return judge(await attempt(browser.get(`${AUTH}/sessions`)), "GET sessions");
}

/** Takes another name. */
export async function rename(_: World, { browser, holder }: BrowserPerson): Promise<Outcome> {
  const name = `Soak ${crypto.randomUUID().slice(0, 8)}`;
  const answer = await attempt(browser.request("PATCH", `${AUTH}/me`, { body: { name } }));
  if (isDone(answer)) holder.names = [name];
  else if (isUnsure(answer)) holder.names = [...holder.names, name];
  return judge(answer, "PATCH me");
}

/** Signs in with another browser. */
export async function signInElsewhere(world: World, person: BrowserPerson): Promise<Outcome> {
  if (person.others.length >= OTHERS_MAX) return await endAnother(world, person);
  const { outcome, visitor } = await signIn(world, person.holder);
  if (visitor !== null) person.others.push(visitor);
  return outcome;
}

/** Signs in with a browser. Of two passwords that may be right, one must be. */
async function signIn(
  world: World,
  holder: Holder,
): Promise<{ readonly outcome: Outcome; readonly visitor: Visitor | null }> {
  let outcome: Outcome = DONE;
  for (const password of holder.passwords) {
    const visitor = world.deployment.visitor();
    const body = { identifier: holder.username, password };
    const answer = await attempt(visitor.post(`${AUTH}/login`, body));
    outcome = judge(answer, "POST login");
    if (isDone(answer)) {
      if (holder.passwords.length > 1) world.ledger.learnsPassword(holder, password);
      world.ledger.counts.signIns += 1;
      return { outcome: DONE, visitor };
    }
    if (answer?.status !== UNAUTHENTICATED) break;
  }
  return { outcome, visitor: null };
}

/** Ends the session of another browser: from here, or by signing out there. */
export async function endAnother(world: World, person: BrowserPerson): Promise<Outcome> {
  const other = person.others.shift();
  if (other === undefined) return await signInElsewhere(world, person);
  const isSignOut = person.others.length % 2 === 0;
  const dead = { how: isSignOut ? "signed out" : "ended", headers: deadHeaders(other) };
  const answer = isSignOut
    ? await attempt(other.post(`${AUTH}/logout`))
    : await endFromHere(person.browser, other);
  const outcome = judge(answer, isSignOut ? "POST logout" : "DELETE session");
  // Whoever got no answer leaves that browser alone.
  if (!isDone(answer)) return outcome;
  world.ledger.ends(dead);
  return await seeThatItIsDead(world, dead);
}

async function endFromHere(browser: Visitor, other: Visitor) {
  const listed = await attempt(other.get(`${AUTH}/sessions`));
  if (!isDone(listed)) return listed;
  const { items } = listed.json as { items: { id: string; current: boolean }[] };
  const id = items.find(({ current }) => current)?.id ?? "";
  return await attempt(browser.request("DELETE", `${AUTH}/sessions/${id}`));
}

/** What a browser sent until its session ended. */
function deadHeaders({ jar }: Visitor): Record<string, string> {
  return { Cookie: `sessionid=${jar.find("sessionid") ?? ""}` };
}

/** The next request after the acknowledgement is refused. */
async function seeThatItIsDead(
  world: World,
  dead: { readonly how: string; readonly headers: Readonly<Record<string, string>> },
): Promise<Outcome> {
  const { headers } = dead;
  const answer = await attempt(world.deployment.visitor().get(`${AUTH}/me`, { headers }));
  if (!isDone(answer)) return DONE;
  return { as: "odd", detail: `A session that was ${dead.how} is still served` };
}

/** Takes another password, which ends the other browsers. */
export async function changePassword(world: World, person: BrowserPerson): Promise<Outcome> {
  const { holder, browser, others } = person;
  const [current = ""] = holder.passwords;
  const next = `seven quiet herons ${crypto.randomUUID().slice(0, 8)}`;
  if (holder.passwords.length > 1) return await signInElsewhere(world, person);
  const body = { current_password: current, new_password: next };
  const answer = await attempt(browser.post(`${AUTH}/password/change`, body));
  const gone = others.splice(0);
  if (isDone(answer)) {
    world.ledger.changesPassword(holder, next);
    for (const other of gone) {
      world.ledger.ends({ how: "ended by a new password", headers: deadHeaders(other) });
    }
  } else if (isUnsure(answer)) holder.passwords = [current, next];
  else others.push(...gone);
  return judge(answer, "POST password/change");
}
