import { afterAll, beforeAll, expect, test } from "bun:test";
import { pbkdf2Sync } from "node:crypto";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { AUTH, liftLimits } from "./_acts.ts";
import { djangoHash, makePeople, type Person, STATES } from "./_states.ts";
import { type Difference, medianOf, type TimedKind, tellingOf, timeInRounds } from "./_timing.ts";

let deployment: Deployment;
let people: readonly Person[];

/** What a hash of Django's is to cost here: more than the 100 ms that every answer takes. */
const DJANGO_MS = 160;

/** How often a difference must be seen before it is one. */
const LOOKS = 3;

/** Long enough for all looks on a slow machine, milliseconds. */
const TEST_MAX_MS = 600_000;

/** The least that sign-in, signup and forgotten passwords take, less what a clock may be off. */
const LEAST_MS = 98;

beforeAll(async () => {
  deployment = await openDeployment();
  people = await makePeople(deployment);
  const iterations = iterationsOf(DJANGO_MS);
  const hash = "UPDATE users SET password_hash = ? WHERE username = ?";
  for (const { state, username } of people) {
    if (state === "legacy") deployment.sql(hash, djangoHash(iterations), username);
  }
  await liftLimits(deployment);
});

afterAll(async () => {
  await deployment.close();
});

/** How many iterations take so long on this machine, at most as many as are accepted. */
function iterationsOf(ms: number): number {
  const sample = 100_000;
  const costs = [1, 2, 3].map(() => {
    const startedAt = performance.now();
    pbkdf2Sync("seven green kettle", "salt", sample, 32, "sha256");
    return performance.now() - startedAt;
  });
  return Math.min(Math.ceil((sample * ms) / Math.min(...costs)), 4_000_000);
}

/** One kind for each person: what is done is the same but for whom it is done to. */
async function kindsOf(
  about: readonly Person[],
  ask: (person: Person) => { path: string; body: object; status: number },
): Promise<readonly TimedKind[]> {
  const browser = deployment.visitor();
  await browser.get(`${AUTH}/csrf`);
  return about.map((person) => ({
    name: person.state,
    async call() {
      const { path, body, status } = ask(person);
      const answer = await browser.post(`${AUTH}/${path}`, body);
      expect(answer.status).toBe(status);
    },
  }));
}

/**
 * Fails where a kind tells itself from the first, again and again: what a busy machine does by chance does not
 * come again for the same kind and in the same direction.
 */
async function expectAlike(kinds: readonly TimedKind[], rounds: number): Promise<void> {
  let telling: readonly Difference[] | undefined;
  for (let looks = 0; looks < LOOKS && telling?.length !== 0; looks += 1) {
    const times = await timeInRounds(kinds, rounds);
    for (const series of times.values()) expect(Math.min(...series)).toBeGreaterThan(LEAST_MS);
    const found = tellingOf(times);
    telling = found.filter((one) => telling === undefined || telling.some(isLike(one)));
  }
  expect(telling).toEqual([]);
}

function isLike(one: Difference): (other: Difference) => boolean {
  return ({ name, medianMs }) => name === one.name && medianMs * one.medianMs > 0;
}

test("the measure tells a difference from noise, and noise from a difference", () => {
  let seed = 7;
  function chance(): number {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  }
  const noise = () => 100 + (chance() + chance() - 1) * 8 + (chance() > 0.9 ? 40 : 0);
  const series = (extra: number) => Array.from({ length: 20 }, () => noise() + extra);
  const times = new Map([
    ["first", series(0)],
    ["alike", series(0)],
    ["dearer", series(30)],
    ["cheaper", series(-30)],
  ]);
  expect(tellingOf(times).map(({ name }) => name)).toEqual(["dearer", "cheaper"]);
  expect(medianOf([3, 1, 2])).toBe(2);
  expect(medianOf([4, 1, 2, 3])).toBe(2.5);
});

test(
  "a refused sign-in takes the same time whatever is behind the name (enumeration by time)",
  async () => {
    expect(people.map(({ state }) => state)).toEqual([...STATES]);
    let turn = 0;
    const kinds = await kindsOf(people, ({ username, email }) => {
      turn += 1;
      const path = turn % 3 === 0 ? "login" : "token";
      const identifier = turn % 2 === 0 ? username : email;
      return { path, body: { identifier, password: "wrong-horse-battery-8" }, status: 401 };
    });
    await expectAlike(kinds, 20);
  },
  TEST_MAX_MS,
);

test.concurrent(
  "a signup takes the same time for a free and a taken address (enumeration by time)",
  async () => {
    const kinds = await kindsOf(people, ({ state, email }) => ({
      path: "signup",
      body: {
        email: state === "unknown" ? `${freshName()}@example.com` : email,
        username: freshName(),
        password: GOOD_PASSWORD,
      },
      status: 202,
    }));
    await expectAlike(kinds, 14);
  },
  TEST_MAX_MS,
);

test.concurrent(
  "forgot takes the same time for a known and an unknown address (enumeration by time)",
  async () => {
    const kinds = await kindsOf(people, ({ email }) => ({
      path: "password/forgot",
      body: { email },
      status: 202,
    }));
    await expectAlike(kinds, 14);
  },
  TEST_MAX_MS,
);
