/** Stored strings that no hasher made: none may match, throw, or take long. */

import { expect, test } from "bun:test";
import { hashSync } from "@node-rs/argon2";
import { STORED_MAX_CHARS } from "./limits.ts";
import { readStored } from "./read_stored.ts";
import { runTask } from "./run_task.ts";

const OURS = hashSync("kettle", { memoryCost: 64, timeCost: 1 });
const DIGEST_32 = "vkckzpp2VXoJC0HvpAqlJQqHjRZEVjW0rFIn92sUAgY=";
const DIGEST_64 = `${"A".repeat(85)}A==`;
const BCRYPT = "$2b$04$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uC";

const UNREADABLE = [
  "",
  " ",
  "$",
  "$$$$$$$$",
  "kettle",
  "!unusable",
  "\u0000",
  "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99",
  "sha1$salt$5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
  "pbkdf2_sha1$1000$salt$QUFB",
  "5f4dcc3b5aa765d61d8327deb882cf99",
  "toString$1$2$3",
  "__proto__$1$2$3",
  "$2b$04$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uC",
  // pbkdf2
  `pbkdf2_sha256$9999999999$salt$${DIGEST_32}`,
  `pbkdf2_sha256$99999999999999999999$salt$${DIGEST_32}`,
  `pbkdf2_sha256$5000001$salt$${DIGEST_32}`,
  `pbkdf2_sha256$0$salt$${DIGEST_32}`,
  `pbkdf2_sha256$-1$salt$${DIGEST_32}`,
  `pbkdf2_sha256$1e3$salt$${DIGEST_32}`,
  `pbkdf2_sha256$0x10$salt$${DIGEST_32}`,
  `pbkdf2_sha256$ 1000$salt$${DIGEST_32}`,
  `pbkdf2_sha256$01000$salt$${DIGEST_32}`,
  `pbkdf2_sha256$١٠٠٠$salt$${DIGEST_32}`,
  `pbkdf2_sha256$1000$$${DIGEST_32}`,
  `pbkdf2_sha256$1000$salt$${DIGEST_32}$more`,
  `pbkdf2_sha256$1000$salt$${DIGEST_32.slice(0, -1)}`,
  `pbkdf2_sha256$1000$salt$${DIGEST_32}\n`,
  "pbkdf2_sha256$1000$salt$",
  "pbkdf2_sha256$1000$salt",
  "pbkdf2_sha256$1000",
  "pbkdf2_sha256$",
  // scrypt
  `scrypt$16384$salt$8$999999$${DIGEST_64}`,
  `scrypt$4294967296$salt$8$1$${DIGEST_64}`,
  `scrypt$1048576$salt$8$1$${DIGEST_64}`,
  `scrypt$2$salt$4194304$1$${DIGEST_64}`,
  `scrypt$16383$salt$8$1$${DIGEST_64}`,
  `scrypt$1$salt$8$1$${DIGEST_64}`,
  `scrypt$16384$salt$0$1$${DIGEST_64}`,
  `scrypt$16384$$8$1$${DIGEST_64}`,
  `scrypt$16384$salt$8$1$${DIGEST_32}`,
  "scrypt$16384$salt$8$1",
  // bcrypt
  "bcrypt$",
  "bcrypt$$2b$31$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uC",
  "bcrypt$$2b$16$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uC",
  "bcrypt$$2b$00$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uC",
  "bcrypt$$2c$04$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uC",
  `bcrypt$${BCRYPT.slice(0, -1)}`,
  `bcrypt$${BCRYPT}A`,
  `bcrypt_sha256$${BCRYPT.slice(0, -1)}`,
  // argon2
  "argon2$argon2id$v=19$m=102400,t=2,p=8$",
  "$argon2id$v=19$m=4294967295,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=262145,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=64,t=4294967295,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=262144,t=5,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=102400,t=2,p=255$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=18$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
  "$argon2id$v=19$m=64,t=1,p=1$$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAB$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=64,t=1,p=1$AAAA!AAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2x$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  `$argon2id$v=19$m=64,t=1,p=1$${"A".repeat(STORED_MAX_CHARS)}$AAAAAAAAAAAAAAAAAAAAAA`,
  `${OURS}$`,
  `${OURS}=`,
  ` ${OURS}`,
];

/** Well-formed, and refused by the library when it is used. */
const UNUSABLE = [
  "$argon2id$v=19$m=1,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=64,t=1,p=16$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA",
  "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
  "bcrypt$$2b$03$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uC",
  "bcrypt$$2b$04$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uD",
];

/** Processor time of this process so far, which a busy machine does not lengthen much. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

test.each(UNREADABLE)("a stored %j is read as nothing", (stored) => {
  expect(readStored(stored)).toBeUndefined();
});

test.each([...UNREADABLE, ...UNUSABLE])("a stored %j matches nothing, soon", (stored) => {
  const start = cpuMs();
  for (const password of ["kettle", "", stored]) {
    const { outcome } = runTask({ kind: "verify", stored, password });
    expect(outcome).toEqual({ kind: "verify", matches: false, outdated: false });
  }
  expect(cpuMs() - start).toBeLessThan(1_000);
});

test("the dearest hashes that are computed at all take seconds at most (denial of service)", () => {
  const dearest = [
    `pbkdf2_sha256$5000000$salt$${DIGEST_32}`,
    `scrypt$131072$salt$8$4$${DIGEST_64}`,
    `scrypt$2$salt$8$262144$${DIGEST_64}`,
    "bcrypt$$2b$15$sVqEOo8cqxV64zcV2b0PfO16DGPb6X0Yn4pEIBWOHhwab3yzPw.uC",
    "$argon2id$v=19$m=262144,t=4,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2i$v=19$m=64,t=16384,p=8$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  ];
  for (const stored of dearest) {
    expect(readStored(stored)).toBeDefined();
    const start = cpuMs();
    const { outcome } = runTask({ kind: "verify", stored, password: "kettle" });
    expect(outcome).toEqual({ kind: "verify", matches: false, outdated: false });
    expect(cpuMs() - start).toBeLessThan(30_000);
  }
}, 300_000);

test("bcrypt does not take a password with a zero byte for the one that it repeats", () => {
  const stored = `bcrypt$${Bun.password.hashSync("a", { algorithm: "bcrypt", cost: 4 })}`;
  const verdicts = ["a", "a\u0000a", "a\u0000", "a\u0000a\u0000a"].map((password) => {
    const { outcome } = runTask({ kind: "verify", stored, password });
    return outcome.kind === "verify" && outcome.matches;
  });
  expect(verdicts).toEqual([true, false, false, false]);
});
