/**
 * A load of so many connections, each of which always has one request under way.
 *
 * @module
 */

import { Connection, type ConnectionOptions } from "./connection.ts";
import { drain } from "./drain.ts";
import type { LoadJob, LoadOutcome } from "./job.ts";
import { refreshedRequest } from "./request_text.ts";
import type { HttpAnswer } from "./response_reader.ts";
import { Tally } from "./tally.ts";

const OK = 200;

/** Runs the load to its end. Rejects where a connection fails. */
export async function runClosed(job: LoadJob, count: number): Promise<LoadOutcome> {
  const tally = new Tally();
  const failed = Promise.withResolvers<never>();
  const lists = requestLists(job, count);
  const state = { isOver: false };
  const options: ConnectionOptions = {
    hostname: job.hostname,
    port: job.port,
    onFailure: failed.reject,
    onAnswer(connection, answer, latencyMs) {
      tally.note(answer.status, latencyMs);
      const list = lists[connection.index];
      if (list === undefined) return;
      if (job.next === "refreshed") refreshCurrent(list, answer, failed.reject);
      list.at = (list.at + 1) % list.requests.length;
      if (!state.isOver) send(connection, list);
    },
  };
  const connections = await openAll(options, count);
  for (const connection of connections) send(connection, lists[connection.index]);
  await Promise.race([waitAndCount(job, tally), failed.promise]);
  state.isOver = true;
  await Promise.race([drain(connections), failed.promise]);
  for (const connection of connections) connection.close();
  return { ...tally.result(), unsent: 0, followUps: followUpsOf(job, lists) };
}

/** What one connection sends, and where in the list it is. */
interface RequestList {
  readonly requests: Uint8Array[];
  at: number;
}

/** Connection n gets the n-th request and every one that is a multiple of the connections further. */
function requestLists(job: LoadJob, count: number): RequestList[] {
  const all = job.requests.map((request) => Buffer.from(request));
  return Array.from({ length: count }, (_, index) => {
    const own = all.filter((_request, at) => at % count === index);
    const shared = all[index % all.length];
    return { requests: own.length > 0 || shared === undefined ? own : [shared], at: 0 };
  });
}

/** The requests as they are now, in the order of the job's. */
function followUpsOf(job: LoadJob, lists: readonly RequestList[]): readonly string[] {
  if (job.next !== "refreshed") return [];
  return job.requests.map((_request, at) => {
    const request = lists[at % lists.length]?.requests[Math.floor(at / lists.length)];
    return textOf(request ?? new Uint8Array());
  });
}

function send(connection: Connection, list: RequestList | undefined): void {
  const request = list?.requests[list.at];
  if (request !== undefined) connection.send(request);
}

/** Puts the refreshed request in the place of the one that was answered. */
function refreshCurrent(
  list: RequestList,
  answer: HttpAnswer,
  fail: (cause: unknown) => void,
): void {
  const body = answer.body.toString();
  const request = list.requests[list.at];
  if (answer.status !== OK || request === undefined) {
    fail(new Error(`Cannot go on refreshing: ${answer.status} ${body}`));
    return;
  }
  list.requests[list.at] = Buffer.from(refreshedRequest(textOf(request), body));
}

function textOf(request: Uint8Array): string {
  return Buffer.from(request).toString();
}

async function openAll(options: ConnectionOptions, count: number): Promise<Connection[]> {
  const indices = Array.from({ length: count }, (_, index) => index);
  return await Promise.all(indices.map((index) => Connection.open(options, index)));
}

async function waitAndCount(job: LoadJob, tally: Tally): Promise<void> {
  await Bun.sleep(job.warmUpMs);
  tally.begin();
  await Bun.sleep(job.durationMs);
  tally.end();
}
