/**
 * Streams of administration: what they tell, that nothing is lost or told twice, and what ends them.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import { blockUser, type Session, setRole, signOutUser, type User } from "@postern/auth";
import { createAdminRpc } from "@postern/server/http/admin_rpc.ts";
import { hours, minutes, ok } from "@postern/std";
import { type Administration, openAdministration } from "../support/administration.ts";
import { type EventStream, readEventStream } from "../support/event_stream.ts";

const DOOR = "http://localhost:8000/admin/trpc";

let administration: Administration;
let user: User;
let session: Session;
let open: EventStream[];

beforeEach(async () => {
  administration = await openAdministration();
  user = await administration.addUser("watcher", { role: "security" });
  session = await administration.addSession(user, { kind: "console" });
  open = [];
});

afterEach(async () => {
  await Promise.all(open.map((stream) => stream.leave()));
  await administration[Symbol.asyncDispose]();
});

/** Opens a stream as the watcher's console. */
async function watch(path: string, input: object = {}, lastEventId?: string): Promise<EventStream> {
  const door = createAdminRpc({
    admin: administration.deps,
    authenticate: async () => ok({ ...administration.actor(user, 0), sessionId: session.id }),
    limitHeaders: () => ({}),
    noteLimited: () => undefined,
    onError: (cause) => {
      throw cause;
    },
  });
  const headers = lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId };
  const url = `${DOOR}/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await door(new Request(url, { headers }));
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
  const stream = readEventStream(response);
  open.push(stream);
  return stream;
}

/** Names of the users that a tail told of until it told of one. */
async function namesUntil(tail: EventStream, last: string) {
  const names: string[] = [];
  let id: string | null = null;
  while (names.at(-1) !== last) {
    const piece = await tail.piece();
    if (piece === null) throw new Error(`The stream ended after ${names.join(", ")}`);
    if (piece.event !== "message") throw new Error(JSON.stringify(piece));
    const { items } = piece.data as { items: { details: { name: string } }[] };
    names.push(...items.map(({ details }) => details.name));
    id = piece.id;
  }
  return { names, id: id ?? "" };
}

/** Lets something happen, with a name to know it by. */
async function happen(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await administration.note("profile_update", { name });
  }
}

async function refusalOf(stream: EventStream): Promise<string> {
  while (true) {
    const piece = await stream.piece();
    if (piece === null) return "ended";
    if (piece.event !== "serialized-error") continue;
    return (piece.data as { data: { code: string } }).data.code;
  }
}

const QUERY = { query: "action:profile_update" };

test("audit.tail tells what happens from now on, and what its query leaves out not at all", async () => {
  await happen("before");
  const tail = await watch("audit.tail", QUERY);
  expect((await tail.piece())?.data).toEqual({ items: [] });
  await administration.addUser("somebody");
  await happen("first", "second");
  expect((await namesUntil(tail, "second")).names).toEqual(["first", "second"]);
});

test("audit.tail that is cut off goes on with no gap and nothing twice", async () => {
  const tail = await watch("audit.tail", QUERY);
  await tail.piece();
  await happen("1", "2", "3");
  const { id } = await namesUntil(tail, "3");
  await tail.leave();
  await happen("4", "5");
  const back = await watch("audit.tail", QUERY, id);
  await happen("6");
  expect((await namesUntil(back, "6")).names).toEqual(["4", "5", "6"]);
});

test("audit.tail that was away for a thousand events gets all of them, in order", async () => {
  const tail = await watch("audit.tail", QUERY);
  const id = (await tail.piece())?.id ?? "";
  await tail.leave();
  const names = Array.from({ length: 1_100 }, (_, index) => String(index));
  await Promise.all(names.map((name) => administration.note("profile_update", { name })));
  const back = await watch("audit.tail", QUERY, id);
  const seen = (await namesUntil(back, "1099")).names;
  expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(names);
});

test("audit.tail refuses a query that cannot be read, and a position that is none", async () => {
  expect(await refusalOf(await watch("audit.tail", { query: "colour:red" }))).toBe(
    "invalid_request",
  );
  expect(await refusalOf(await watch("audit.tail", { after: "x" }))).toBe("invalid_request");
});

test("overview.live tells the summary at once, on change, and every five seconds", async () => {
  const live = await watch("overview.live");
  expect((await live.piece())?.data).toMatchObject({ live_sessions: { count: 1 } });
  administration.pass(minutes(1));
  await administration.addSession(user);
  expect((await live.piece())?.data).toMatchObject({ live_sessions: { count: 2 } });
  administration.pass(5_000);
  expect((await live.piece())?.data).toMatchObject({ live_sessions: { count: 2 } });
});

test("a stream ends when its session ends, runs out, or its user is blocked or loses the role", async () => {
  const { core, deps } = administration;
  const root = await administration.addUser("root", { role: "owner" });
  const actor = administration.actor(root, 0);
  const endings = [
    async () => void (await signOutUser(deps, actor, { id: user.id })),
    async () => void (await setRole(deps, actor, { id: user.id, role: null })),
    async () => void (await blockUser(deps, actor, { id: user.id, reason: null, until: null })),
    async () => administration.pass(hours(1)),
  ];
  for (const [index, end] of endings.entries()) {
    user = await administration.addUser(`ended${index}`, { role: "security" });
    session = await administration.addSession(user, { kind: "console" });
    const tail = await watch("audit.tail");
    await tail.piece();
    await end();
    expect(await refusalOf(tail)).toBe("session_ended");
    expect(await tail.next()).toBeNull();
  }
  expect(administration.streams.size).toBe(0);
  expect(core.writer.depth).toBe(0);
});

test("a stream ends when its user has another role that may not see it", async () => {
  const tail = await watch("audit.tail");
  await tail.piece();
  await administration.core.store.write(async (tx) => {
    await tx.updateUser(user.id, { role: "support" });
    return { value: null, event: administration.event("profile_update") };
  });
  expect(await refusalOf(tail)).toBe("forbidden");
});

test("a console has a bounded number of streams, and one that is left makes room", async () => {
  const streams: EventStream[] = [];
  for (let count = 0; count < 16; count += 1) {
    const stream = await watch("audit.tail");
    await stream.piece();
    streams.push(stream);
  }
  expect(await refusalOf(await watch("audit.tail"))).toBe("rate_limited");
  await streams[0]?.leave();
  const next = await watch("audit.tail");
  expect((await next.piece())?.event).toBe("message");
});

test("a server that stops ends its streams, and says that it is busy so that they come back", async () => {
  const tail = await watch("audit.tail");
  await tail.piece();
  administration.streams.stop();
  expect(await refusalOf(tail)).toBe("busy");
  expect(await tail.next()).toBeNull();
  expect(await refusalOf(await watch("audit.tail"))).toBe("busy");
});
