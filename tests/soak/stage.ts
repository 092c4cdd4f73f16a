/**
 * The server that is soaked: with a disk and a clock of its own where those can be had, mail, and limits
 * that are on but out of reach.
 *
 * @module
 */

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { allowConnections } from "../support/file_limit.ts";
import { findFreePort } from "../support/server_process.ts";
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from "./faults/small_disk.ts";
import {
  createSteppedClock,
  type SteppedClock,
  whyNoSteppedClock,
} from "./faults/stepped_clock.ts";

/** All of it, running. */
export interface Stage {
  readonly deployment: Deployment;
  readonly clock: SteppedClock;
  readonly disk: SmallDisk | null;
  /** What cannot be done here, and why: by the name of the fault. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Allows the server that runs now as many connections as there will be. */
  allowConnections(): void;
  close(): Promise<void>;
}

/** More than any soak reaches. The limits stay on, and count. */
const RAISED_COUNT = 60_000_000;
const RAISED_WINDOW_MS = 60_000;

/** Connections beside the WebSockets. */
const OTHERS = 4_000;

/** Sets it up. */
export async function openStage(sockets: number): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "postern-soak-"));
  const data = join(folder, "data");
  await mkdir(data);
  const leftOut: Record<string, string> = {};
  const noDisk = whyNoSmallDisk();
  const disk = noDisk ?? mountSmallDisk(join(folder, "disk.img"), data);
  if (typeof disk === "string") leftOut["disk_full"] = disk;
  const noClock = whyNoSteppedClock();
  if (noClock !== undefined) leftOut["clock_stepped"] = noClock;
  const clock = createSteppedClock(join(folder, "clock"));
  const env = { PORT: String(await findFreePort()), ...clock.env };
  const deployment = await openDeployment({ folder, env });
  deployment.sql("UPDATE limits SET count = ?, window_ms = ?", RAISED_COUNT, RAISED_WINDOW_MS);
  await deployment.restart();
  const stage: Stage = {
    deployment,
    clock,
    disk: typeof disk === "string" ? null : disk,
    leftOut,
    allowConnections() {
      allowConnections(sockets + OTHERS, process.pid, deployment.server.pid);
    },
    async close() {
      await deployment.close();
      stage.disk?.unmount();
      await rm(folder, { recursive: true, force: true });
    },
  };
  stage.allowConnections();
  return stage;
}
