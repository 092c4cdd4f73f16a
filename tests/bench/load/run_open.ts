/**
 * A load of so many requests a second, sent on a schedule whatever comes back.
 *
 * A slow answer so holds back no other request, and hides no slowness of the server. Latency counts
 * from the moment at which a request was sent.
 *
 * @module
 */

import { Connection, type ConnectionOptions } from "./connection.ts";
import { drain } from "./drain.ts";
import type { LoadJob, LoadOutcome } from "./job.ts";
import { Tally } from "./tally.ts";

/** How often the schedule is looked at. */
const TICK_MS = 1;

/** Connections that are open before the first request. */
const OPEN_AT_FIRST = 16;

/** A schedule. */
export interface OpenPace {
  readonly perSecond: number;
  readonly connectionsMax: number;
}

/** Runs the load to its end. Rejects where a connection fails. */
export async function runOpen(job: LoadJob, pace: OpenPace): Promise<LoadOutcome> {
  const tally = new Tally();
  const failed = Promise.withResolvers<never>();
  const idle: Connection[] = [];
  const options: ConnectionOptions = {
    hostname: job.hostname,
    port: job.port,
    onFailure: failed.reject,
    onAnswer(connection, answer, latencyMs) {
      tally.note(answer.status, latencyMs);
      idle.push(connection);
    },
  };
  const sender = createSender({ job, pace, options, idle, fail: failed.reject });
  const atFirst = Math.min(pace.connectionsMax, OPEN_AT_FIRST);
  for (let index = 0; index < atFirst; index += 1) idle.push(await sender.open());
  const totalMs = job.warmUpMs + job.durationMs;
  await Promise.race([keepTime({ pace, tally, totalMs, job }, sender.sendOne), failed.promise]);
  await Promise.race([drain(sender.connections), failed.promise]);
  for (const connection of sender.connections) connection.close();
  return { ...tally.result(), unsent: sender.unsent(), followUps: [] };
}

interface SenderDeps {
  readonly job: LoadJob;
  readonly pace: OpenPace;
  readonly options: ConnectionOptions;
  readonly idle: Connection[];
  readonly fail: (cause: unknown) => void;
}

function createSender({ job, pace, options, idle, fail }: SenderDeps) {
  const requests = job.requests.map((request) => Buffer.from(request));
  const connections: Connection[] = [];
  let opened = 0;
  let sent = 0;
  let unsent = 0;

  async function open(): Promise<Connection> {
    opened += 1;
    const connection = await Connection.open(options, opened - 1);
    connections.push(connection);
    return connection;
  }

  return {
    connections,
    open,
    unsent: () => unsent,
    sendOne(): void {
      const request = requests[sent % requests.length];
      sent += 1;
      const connection = idle.pop();
      if (request === undefined) return;
      if (connection !== undefined) connection.send(request);
      else if (opened < pace.connectionsMax) open().then((made) => made.send(request), fail);
      else unsent += 1;
    },
  };
}

interface Schedule {
  readonly job: LoadJob;
  readonly pace: OpenPace;
  readonly tally: Tally;
  readonly totalMs: number;
}

/** Sends what is due at each tick, and counts once the load is warm. */
function keepTime(schedule: Schedule, sendOne: () => void): Promise<void> {
  const { job, pace, tally, totalMs } = schedule;
  const beganAt = performance.now();
  const ends = Promise.withResolvers<void>();
  let sent = 0;
  let isWarm = false;
  const timer = setInterval(() => {
    const passedMs = performance.now() - beganAt;
    if (!isWarm && passedMs >= job.warmUpMs) {
      isWarm = true;
      tally.begin();
    }
    if (passedMs >= totalMs) {
      tally.end();
      clearInterval(timer);
      ends.resolve();
      return;
    }
    for (const due = (passedMs / 1_000) * pace.perSecond; sent < due; sent += 1) sendOne();
  }, TICK_MS);
  return ends.promise;
}
