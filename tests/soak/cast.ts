/**
 * Everybody who takes part, and what they do.
 *
 * @module
 */

import { inGroups } from "../bench/in_groups.ts";
import type { Holder } from "./ledger.ts";
import { attempt, isDone } from "./outcome.ts";
import { endSession, readList, seatAdministrator } from "./people/administrator.ts";
import {
  type BrowserPerson,
  changePassword,
  endAnother,
  lookAtDevices,
  lookAtSelf,
  rename,
  signInElsewhere,
} from "./people/browsers.ts";
import { type Crowd, gatherCrowd } from "./people/crowd.ts";
import { type MailBox, openMailBox, signUpNewcomer } from "./people/newcomers.ts";
import { lookAtProgram, type Program, refresh, takeTokens } from "./people/programs.ts";
import { type Act, Pool } from "./traffic.ts";
import { AUTH, FIRST_PASSWORD, type World } from "./world.ts";

/** Everybody. */
export interface Cast {
  readonly acts: readonly Act[];
  readonly programs: readonly Program[];
  readonly crowd: Crowd;
  readonly box: MailBox;
}

/** How many of each there are. */
export interface CastSize {
  readonly browsers: number;
  readonly programs: number;
  readonly members: number;
  readonly sockets: number;
}

/** Sign-ups under way at once. */
const AT_ONCE = 16;

const READY_WITHIN_MS = 60_000;

/** As many people as go with so many sockets. */
export function sizeFor(sockets: number): CastSize {
  const each = Math.max(8, Math.min(100, Math.ceil(sockets / 20)));
  return { browsers: each, programs: each, members: each, sockets };
}

/** Signs everybody up, and has them connect. */
export async function gatherCast(world: World, size: CastSize): Promise<Cast> {
  const { deployment } = world;
  const people = await signUpMany(world, "browser", size.browsers);
  const programsOf = async (kind: string, count: number) =>
    (await signUpMany(world, kind, count)).map((person) => programOf(world, person));
  const programs = await programsOf("program", size.programs);
  const members = await programsOf("member", size.members);
  const [victim] = await programsOf("victim", 1);
  if (victim === undefined) throw new TypeError("Cannot cast an administrator without a victim");
  const administrator = await seatAdministrator(world, victim);
  await inGroups([...programs, ...members], AT_ONCE, (program) => takeTokens(world, program));
  const crowd = await gatherCrowd(world, members, size.sockets);
  if (!(await crowd.untilReady(1, READY_WITHIN_MS))) {
    throw new Error("Cannot begin: not everybody is connected to the chat");
  }
  const box = openMailBox(deployment.smtp);
  const browsers = new Pool<BrowserPerson>(people);
  const callers = new Pool(programs);
  const console = new Pool([administrator]);
  const newcomers = new Pool(Array.from({ length: AT_ONCE }, () => box));
  const acts: readonly Act[] = [
    act("me, cookies", 380, browsers, (each) => lookAtSelf(world, each)),
    act("me, token", 330, callers, (each) => lookAtProgram(world, each)),
    act("refresh", 90, callers, (each) => refresh(world, each)),
    act("list of devices", 40, browsers, (each) => lookAtDevices(world, each)),
    act("change of name", 15, browsers, (each) => rename(world, each)),
    act("sign-in", 10, browsers, (each) => signInElsewhere(world, each)),
    act("end of a session", 6, browsers, (each) => endAnother(world, each)),
    act("change of password", 2, browsers, (each) => changePassword(world, each)),
    act("signup", 3, newcomers, (each) => signUpNewcomer(world, each)),
    act("administrator's list", 10, console, (each) => readList(world, each)),
    act("end by an administrator", 2, console, (each) => endSession(world, each)),
    { kind: "chat message", weight: 40, begin: () => crowd.speak() },
  ];
  return { acts, programs: [...programs, ...members], crowd, box };
}

function act<Person>(
  kind: string,
  weight: number,
  ...[pool, work]: [pool: Pool<Person>, work: Parameters<Pool<Person>["use"]>[0]]
): Act {
  return { kind, weight, begin: () => pool.use(work) };
}

/** Programs have no cookies. */
function programOf(world: World, { holder }: BrowserPerson): Program {
  return { holder, visitor: world.deployment.visitor(), tokens: null };
}

/** Makes accounts, each with a browser that is signed in. */
async function signUpMany(world: World, kind: string, count: number): Promise<BrowserPerson[]> {
  const indices = Array.from({ length: count }, (_, index) => index);
  return await inGroups(indices, AT_ONCE, async (index) => {
    const username = `${kind}${index}`;
    const account = await world.deployment.newAccount({ username, password: FIRST_PASSWORD });
    const { email, browser } = account;
    const me = await attempt(browser.get(`${AUTH}/me`));
    if (!isDone(me)) throw new Error(`Cannot begin: ${username} is not signed in`);
    const holder: Holder = {
      username,
      email,
      passwords: [FIRST_PASSWORD],
      former: [],
      names: [null],
    };
    world.ledger.holders.push(holder);
    return { holder, browser, others: [] };
  });
}
