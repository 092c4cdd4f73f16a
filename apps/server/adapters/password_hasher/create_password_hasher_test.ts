import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { hash as libraryHash, verify as libraryVerify } from "@node-rs/argon2";
import {
  createPasswordHasher,
  type PasswordHasherOptions,
  type ThreadedPasswordHasher,
} from "./create_password_hasher.ts";
import { WORKER_NICENESS } from "./limits.ts";
import { runTask } from "./run_task.ts";

const PASSWORD = "seven green kettles";
const PBKDF2 =
  "pbkdf2_sha256$260000$gjwoWpxU5dSXovonSraYAu$vkckzpp2VXoJC0HvpAqlJQqHjRZEVjW0rFIn92sUAgY=";
const FRAGILE = new URL("./_fragile_worker.ts", import.meta.url);

setDefaultTimeout(30_000);

const opened: ThreadedPasswordHasher[] = [];

function open(options?: PasswordHasherOptions): ThreadedPasswordHasher {
  const hasher = createPasswordHasher(options);
  opened.push(hasher);
  return hasher;
}

function openFragile(): ThreadedPasswordHasher {
  return open({ threads: 1, spawn: () => new Worker(FRAGILE) });
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((hasher) => hasher.close()));
});

async function hashOf(hasher: ThreadedPasswordHasher, password: string, salt?: Uint8Array) {
  const hashed = await hasher.hash(password, salt);
  if (!hashed.ok) throw new Error("The hasher is busy");
  return hashed.value;
}

/** Niceness of each thread of this process, with its name. */
function threads(): Map<string, { name: string; niceness: number }> {
  const found = new Map<string, { name: string; niceness: number }>();
  for (const id of readdirSync("/proc/self/task")) {
    const stat = readFileSync(`/proc/self/task/${id}/stat`, "utf8");
    const end = stat.lastIndexOf(")");
    const niceness = Number(stat.slice(end + 2).split(" ")[16]);
    found.set(id, { name: stat.slice(stat.indexOf("(") + 1, end), niceness });
  }
  return found;
}

test("hash() and verify() agree with the library, through the threads", async () => {
  const hasher = open();
  const ours = await hashOf(hasher, PASSWORD);
  expect(await libraryVerify(ours, PASSWORD)).toBe(true);
  const theirs = await libraryHash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const right = { ok: true, value: { matches: true, outdated: false } } as const;
  const wrong = { ok: true, value: { matches: false, outdated: false } } as const;
  expect(await hasher.verify(ours, PASSWORD)).toEqual(right);
  expect(await hasher.verify(theirs, PASSWORD)).toEqual(right);
  expect(await hasher.verify(ours, "wrong")).toEqual(wrong);
  expect(await hasher.verify(null, PASSWORD)).toEqual(wrong);
  expect(await hasher.verify(PBKDF2, PASSWORD)).toEqual({
    ok: true,
    value: { matches: true, outdated: true },
  });
});

test("hash() takes a salt of 16 bytes, and matching() finds those that a password made with it", async () => {
  const hasher = open();
  const salt = new Uint8Array(16).fill(9);
  const passwords = ["one kettle", "two kettles", "one kettle"];
  const stored = await Promise.all(passwords.map((each) => hashOf(hasher, each, salt)));
  expect(await hasher.matching(stored, "one kettle")).toEqual({
    ok: true,
    value: [stored[0] ?? "", stored[2] ?? ""],
  });
  expect(await hasher.matching([], "one kettle")).toEqual({ ok: true, value: [] });
});

test("hash() throws on ill-formed Unicode and on a salt of another length, saying nothing of the password", async () => {
  const hasher = open();
  await expect(hasher.hash("kettle \ud800")).rejects.toThrow(
    new TypeError("Cannot hash a password: it is not well-formed Unicode"),
  );
  await expect(hasher.hash(PASSWORD, new Uint8Array(15))).rejects.toThrow(
    new RangeError("Cannot hash with a salt of 15 bytes: need 16"),
  );
});

test.skipIf(process.platform !== "linux")(
  "The threads, and no other, have a lower priority than the event loop's",
  async () => {
    const before = threads();
    const hasher = open({ threads: 2 });
    const stored = await hashOf(hasher, PASSWORD);
    await Promise.all(Array.from({ length: 40 }, () => hasher.verify(stored, PASSWORD)));
    const after = threads();
    const usual = before.get(String(process.pid))?.niceness ?? Number.NaN;
    const lowered = Math.min(usual + WORKER_NICENESS, 19);
    const isNew = ([id]: [string, unknown]) => !before.has(id);
    const workers = [...after].filter(isNew).filter(([, { name }]) => name === "Worker");
    expect(workers.map(([, { niceness }]) => niceness)).toEqual([lowered, lowered]);
    for (const [id, { niceness }] of before) {
      if (after.has(id)) expect(after.get(id)?.niceness).toBe(niceness);
    }
    expect(after.get(String(process.pid))?.niceness).toBe(usual);
  },
);

test("No thread is started before the first password, nor more than are needed", async () => {
  let started = 0;
  function spawn(): Worker {
    started += 1;
    return new Worker(new URL("./worker.ts", import.meta.url));
  }
  const hasher = open({ threads: 3, spawn });
  expect(started).toBe(0);
  await hasher.verify(null, PASSWORD);
  await hasher.verify(null, PASSWORD);
  expect(started).toBe(1);
  await Promise.all([hasher.verify(null, PASSWORD), hasher.verify(null, PASSWORD)]);
  expect(started).toBe(2);
});

test("The event loop keeps turning while passwords are verified", async () => {
  const hasher = open();
  await hasher.verify(null, PASSWORD);
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await Promise.all(Array.from({ length: 30 }, () => hasher.verify(PBKDF2, PASSWORD)));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(30);
});

test("More than a short line is turned away at once, and what was taken is done (login storm)", async () => {
  const hasher = open({ threads: 1 });
  await hasher.verify(null, PASSWORD);
  let turnedAway = 0;
  let turnedAwayBeforeOthers = 0;
  const outcomes = await Promise.all(
    Array.from({ length: 1_000 }, async () => {
      const result = await hasher.verify(null, PASSWORD);
      if (result.ok) turnedAwayBeforeOthers ||= turnedAway;
      else turnedAway += 1;
      return result;
    }),
  );
  expect(turnedAway).toBeWithin(1, 990);
  expect(turnedAwayBeforeOthers).toBe(turnedAway);
  for (const outcome of outcomes) {
    if (outcome.ok) continue;
    expect(outcome.error.code).toBe("busy");
    expect(outcome.error.retryAfterMs).toBeWithin(1_000, 10_000);
  }
  expect((await hasher.verify(null, PASSWORD)).ok).toBe(true);
}, 180_000);

test("busyNow() tells what a computation would be told, and counts who is turned away (login storm)", async () => {
  const hasher = open({ threads: 1 });
  await hasher.verify(null, PASSWORD);
  expect(hasher.busyNow()).toBeNull();
  const taken: Promise<unknown>[] = [];
  while (hasher.busyNow() === null) taken.push(hasher.verify(null, PASSWORD));
  expect(hasher.load().refused).toBe(1);
  expect((await hasher.verify(null, PASSWORD)).ok).toBe(false);
  expect(hasher.load().refused).toBe(2);
  await hasher.close();
  await Promise.all(taken);
  expect(hasher.busyNow()).toMatchObject({ code: "busy" });
});

test.each(["throw", "exit"])(
  "A thread that dies (%s) fails its task alone, and is replaced",
  async (how) => {
    const hasher = openFragile();
    const stored = await hashOf(hasher, PASSWORD);
    const doomed = hasher.verify(stored, how);
    const waiting = [hasher.verify(stored, PASSWORD), hasher.verify(stored, "wrong")];
    await expect(doomed).rejects.toThrow(new Error("Cannot finish the task: its thread ended"));
    expect(await Promise.all(waiting)).toEqual([
      { ok: true, value: { matches: true, outdated: false } },
      { ok: true, value: { matches: false, outdated: false } },
    ]);
  },
);

test("A thread that cannot start fails its task, and the next task tries anew", async () => {
  const files = ["./none.ts", "./worker.ts"];
  function spawn(): Worker {
    return new Worker(new URL(files.shift() ?? "", import.meta.url));
  }
  const hasher = open({ threads: 1, spawn });
  await expect(hasher.verify(null, PASSWORD)).rejects.toThrow(
    new Error("Cannot finish the task: its thread ended"),
  );
  expect((await hasher.verify(null, PASSWORD)).ok).toBe(true);
});

test("refusalFloorMs() is zero for ours, and above what Django's took once one was verified", async () => {
  const hasher = open();
  await hasher.verify(null, PASSWORD);
  expect(hasher.refusalFloorMs(PASSWORD)).toBe(0);
  await hasher.verify(PBKDF2, "wrong");
  const least = Math.min(...Array.from({ length: 5 }, msOfPbkdf2));
  expect(hasher.refusalFloorMs(PASSWORD)).toBeGreaterThan(least);
});

/** What one verification of `PBKDF2` takes on this thread. */
function msOfPbkdf2(): number {
  const start = performance.now();
  runTask({ kind: "verify", stored: PBKDF2, password: "wrong" });
  return performance.now() - start;
}

test("refusalFloorMs() doubles for a password that is tried twice, whoever's it is", async () => {
  const hasher = open();
  await hasher.verify(PBKDF2, "cafe\u0301");
  const onceMs = hasher.refusalFloorMs("caf\u00e9");
  expect(onceMs).toBeGreaterThan(0);
  expect(hasher.refusalFloorMs("cafe\u0301")).toBe(2 * onceMs);
});

test("close() finishes what is computed, turns the rest away, and nothing is taken after", async () => {
  const hasher = open({ threads: 1 });
  await hasher.verify(null, PASSWORD);
  const started = hasher.verify(PBKDF2, PASSWORD);
  const waiting = hasher.verify(PBKDF2, PASSWORD);
  await hasher.close();
  expect(await started).toEqual({ ok: true, value: { matches: true, outdated: true } });
  expect(await waiting).toMatchObject({ ok: false, error: { code: "busy" } });
  expect(await hasher.verify(null, PASSWORD)).toMatchObject({ ok: false, error: { code: "busy" } });
  await hasher.close();
});

test("Idle threads do not keep a process alive, busy ones do", async () => {
  const script = `
    import { createPasswordHasher } from "./create_password_hasher.ts";
    const hasher = createPasswordHasher({ threads: 2 });
    console.log(JSON.stringify(await hasher.verify(null, "kettle")));
    console.log(JSON.stringify(await hasher.verify(null, "kettle")));
  `;
  const child = Bun.spawn([process.execPath, "-e", script], {
    cwd: import.meta.dir,
    stdout: "pipe",
    stderr: "pipe",
    timeout: 120_000,
  });
  const output = await new Response(child.stdout).text();
  expect(await new Response(child.stderr).text()).toBe("");
  expect(await child.exited).toBe(0);
  expect(output.trim().split("\n")).toHaveLength(2);
}, 180_000);
