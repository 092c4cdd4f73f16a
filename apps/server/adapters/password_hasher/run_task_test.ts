import { expect, test } from "bun:test";
import { hashSync, parseOptions, verifySync } from "@node-rs/argon2";
import { runTask } from "./run_task.ts";

const SALT = new Uint8Array(16).fill(7);
const PASSWORD = "seven green kettles";

function hash(password: string, salt?: Uint8Array): string {
  const { outcome } = runTask({ kind: "hash", password, salt });
  return outcome.kind === "hash" ? outcome.hash : "";
}

function verify(stored: string | null, password: string) {
  const { outcome } = runTask({ kind: "verify", stored, password });
  if (outcome.kind !== "verify") throw new TypeError("Not the outcome of a verification");
  return { matches: outcome.matches, outdated: outcome.outdated };
}

function match(stored: readonly string[], password: string) {
  const { outcome, computations } = runTask({ kind: "match", stored, password });
  return { matching: outcome.kind === "match" ? outcome.matching : [], computations };
}

test("hash makes PHC strings of today's parameters that the library itself reads and verifies", () => {
  const made = hash(PASSWORD);
  expect(made).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(parseOptions(made)).toMatchObject({ saltLen: 16, outputLen: 32, parallelism: 1 });
  expect(verifySync(made, PASSWORD)).toBe(true);
  expect(verifySync(made, `${PASSWORD}!`)).toBe(false);
});

test("hash takes a fresh salt each time, or the one it is given", () => {
  expect(hash(PASSWORD)).not.toBe(hash(PASSWORD));
  expect(hash(PASSWORD, SALT)).toBe(hash(PASSWORD, SALT));
  expect(hash(PASSWORD, SALT)).toContain("$BwcHBwcHBwcHBwcHBwcHBw$");
});

test("verify accepts what the library hashes with today's parameters, as not outdated", () => {
  const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 2 } as const;
  const made = hashSync(PASSWORD, options);
  expect(verify(made, PASSWORD)).toEqual({ matches: true, outdated: false });
  expect(verify(made, "wrong")).toEqual({ matches: false, outdated: false });
});

test.each([
  ["weaker", { memoryCost: 8_192 }],
  ["stronger", { memoryCost: 32_768, timeCost: 3 }],
  ["of another kind", { algorithm: 1 }],
  ["of more lanes", { parallelism: 4 }],
])("verify accepts a hash that is %s, as outdated", (_, options) => {
  const made = hashSync(PASSWORD, options);
  expect(verify(made, PASSWORD)).toEqual({ matches: true, outdated: true });
  expect(verify(made, "wrong")).toEqual({ matches: false, outdated: false });
});

test("verify and hash take the NFC form of a password for ours, at one computation", () => {
  const stored = hash("cafe\u0301 cre\u0300me");
  expect(verifySync(stored, "caf\u00e9 cr\u00e8me")).toBe(true);
  for (const password of ["cafe\u0301 cre\u0300me", "caf\u00e9 cr\u00e8me"]) {
    expect(verify(stored, password)).toEqual({ matches: true, outdated: false });
    expect(runTask({ kind: "verify", stored, password }).computations).toBe(1);
  }
});

test("verify never lets one lone surrogate pass for another (all become U+FFFD in UTF-8)", () => {
  const stored = hashSync("\ufffd", { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  expect(verify(stored, "\ufffd").matches).toBe(true);
  for (const password of ["\ud800", "\udc00", "\udfff"]) {
    expect(verifySync(stored, password)).toBe(true);
    expect(verify(stored, password).matches).toBe(false);
    expect(match([stored], password)).toEqual({ matching: [], computations: 1 });
  }
});

test("match finds those that share a salt at the cost of one computation", () => {
  const stored = [hash("one", SALT), hash("two", SALT), hash("one", SALT), hash("three", SALT)];
  expect(match(stored, "one")).toEqual({
    matching: [stored[0] ?? "", stored[2] ?? ""],
    computations: 1,
  });
  expect(match(stored, "four")).toEqual({ matching: [], computations: 1 });
});

test("match computes once for each salt and set of parameters", () => {
  const older = hashSync("one", { memoryCost: 8_192, salt: SALT });
  const stored = [hash("one", SALT), hash("one"), older];
  expect(match(stored, "one")).toEqual({ matching: stored, computations: 3 });
});

test("match costs one computation of an empty list, and of hashes that are not ours", () => {
  expect(match([], "one")).toEqual({ matching: [], computations: 1 });
  const foreign = ["", "!unusable", "pbkdf2_sha256$1000$salt$AAAA", "$argon2id$broken"];
  expect(match(foreign, "one")).toEqual({ matching: [], computations: 1 });
});

/** After so many, what takes longer really does. */
const ROUNDS_MAX = 150;

test("verify takes as long for no account as for one (enumeration by time)", () => {
  const stored = hash(PASSWORD);
  const kinds = [null, stored, "", "!unusable", "md5$salt$0", "pbkdf2_sha256$x$y$z", `${stored}A`];
  const times = kinds.map(() => [] as number[]);
  // Processor time, and the least of many: what else runs on the machine is not asked.
  const spreadOf = () => {
    const least = times.map((all) => Math.min(...all));
    return Math.max(...least) / Math.min(...least);
  };
  for (let round = 0; round < ROUNDS_MAX && (round < 15 || spreadOf() >= 1.25); round += 1) {
    for (const [at, kind] of kinds.entries()) {
      const start = process.cpuUsage();
      expect(verify(kind, "wrong").matches).toBe(false);
      const { user, system } = process.cpuUsage(start);
      times[at]?.push(user + system);
    }
  }
  expect(spreadOf()).toBeLessThan(1.25);
});
