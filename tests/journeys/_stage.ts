/**
 * What a journey needs: a server with its mail, a browser, and people in front of it.
 *
 * Without Chromium the journeys are skipped; `bun run test` says what to install.
 *
 * @module
 */

import { afterAll, beforeAll, setDefaultTimeout, test } from "bun:test";
import type { Browser } from "playwright-core";
import { CHROMIUM, openBrowser } from "../support/browser.ts";
import { type Deployment, type DeploymentOptions, openDeployment } from "../support/deployment.ts";
import {
  type ConsoleOptions,
  openConsole,
  type TestConsole,
} from "../support/electron/open_console.ts";
import { type Person, type PersonOptions, seatPerson } from "./_person.ts";

/** All of it, running. */
export interface Stage {
  readonly deployment: Deployment;
  /** Somebody new, at an address and a browser of their own. */
  person(options?: PersonOptions): Promise<Person>;
  /** A console that was just installed. */
  console(options?: ConsoleOptions): Promise<TestConsole>;
}

/** Longest time for one journey on a machine that has other things to do, once it has a lane. */
const JOURNEY_LIMIT_MS = 300_000;

/** The same with its wait for a lane, which is as long as the file has journeys. */
const WAIT_LIMIT_MS = 1_800_000;

/** Journeys of one file that are under way at once: while one waits for the page, another has the processor. */
const LANES = 3;

const lanes = { free: LANES, waiting: [] as (() => void)[] };

/** A test of its own; skipped where there is no Chromium. Those of one file share its stage, and time. */
export function journey(name: string, work: () => Promise<void>): void {
  test.concurrent.skipIf(CHROMIUM === undefined)(name, () => inLane(work));
}

async function inLane(work: () => Promise<void>): Promise<void> {
  if (lanes.free > 0) lanes.free -= 1;
  else await new Promise<void>((enter) => lanes.waiting.push(enter));
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`The journey took more than ${JOURNEY_LIMIT_MS} ms`)),
    JOURNEY_LIMIT_MS,
  );
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
    const enter = lanes.waiting.shift();
    if (enter === undefined) lanes.free += 1;
    else enter();
  }
}

/** Sets a stage for the tests of one file, and clears it after them. */
export function setStage(options: DeploymentOptions = {}): () => Stage {
  let deployment: Deployment | undefined;
  let browser: Browser | undefined;
  setDefaultTimeout(WAIT_LIMIT_MS);

  beforeAll(async () => {
    if (CHROMIUM === undefined) return;
    [deployment, browser] = await Promise.all([openDeployment(options), openBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await deployment?.close();
  });

  return () => {
    if (deployment === undefined || browser === undefined) throw new Error("The stage is not set");
    const [at, by] = [deployment, browser];
    return {
      deployment,
      person: (given) => seatPerson(by, at.server.publicUrl, given),
      console: (given) => openConsole(by, given),
    };
  };
}
