/** Verdicts on hashes that real Djangos made, against what those Djangos say themselves. */

import { expect, test } from "bun:test";
import { runTask } from "./run_task.ts";

interface DjangoHash {
  readonly about: string;
  readonly hash: string;
  /** Candidates, each with what Django says of it. */
  readonly candidates: readonly (readonly [string, boolean])[];
}

interface DjangoHashes {
  readonly django: string;
  readonly hashes: readonly DjangoHash[];
}

const FIXTURES = new URL("../../../../tests/fixtures/django/", import.meta.url);
const MADE: readonly DjangoHashes[] = await Promise.all(
  ["hashes_3_2.json", "hashes_5_2.json"].map((name) => Bun.file(new URL(name, FIXTURES)).json()),
);

/** A candidate that Django refuses is taken where Django takes its NFC form, if we hash that too. */
function expectedOf(made: DjangoHash, [candidate, verdict]: readonly [string, boolean]): boolean {
  const normal = candidate.normalize("NFC");
  return verdict || made.candidates.some(([other, taken]) => taken && other === normal);
}

function verdictOf(stored: string, password: string): unknown {
  return runTask({ kind: "verify", stored, password }).outcome;
}

for (const { django, hashes } of MADE) {
  for (const made of hashes) {
    const [format] = made.hash.split("$");
    test(`Django ${django}, ${format}, ${made.about}: the same verdict on every candidate`, () => {
      for (const candidate of made.candidates) {
        const matches = expectedOf(made, candidate);
        const got = verdictOf(made.hash, candidate[0]);
        expect({ candidate, got }).toEqual({
          candidate,
          got: { kind: "verify", matches, outdated: matches },
        });
      }
    });
  }
}

test("The fixtures hold every format that is promised, with right and wrong candidates", () => {
  const all = MADE.flatMap(({ hashes }) => hashes);
  const formats = new Set(all.map(({ hash }) => hash.slice(0, hash.indexOf("$"))));
  for (const format of ["argon2", "bcrypt", "bcrypt_sha256", "pbkdf2_sha256", "scrypt"]) {
    expect(formats).toContain(format);
  }
  const usable = all.filter(({ about }) => about !== "unusable");
  expect(usable.length).toBeGreaterThan(200);
  expect(usable.every(({ candidates }) => candidates.some(([, verdict]) => verdict))).toBe(true);
  expect(usable.every(({ candidates }) => candidates.some(([, verdict]) => !verdict))).toBe(true);
});

test("A password stored composed is matched when typed decomposed, at the cost of two hashes", () => {
  const made = MADE[0]?.hashes.find(({ about }) => about === "composed");
  const decomposed = "café crème".normalize("NFD");
  const done = runTask({ kind: "verify", stored: made?.hash ?? "", password: decomposed });
  expect(done).toEqual({
    outcome: { kind: "verify", matches: true, outdated: true },
    computations: 2,
  });
});

test("A password stored decomposed is matched as it was sent, at the cost of one hash", () => {
  const made = MADE[0]?.hashes.find(({ about }) => about === "decomposed");
  const decomposed = "cafe\u0301 cre\u0300me";
  const done = runTask({ kind: "verify", stored: made?.hash ?? "", password: decomposed });
  expect(done).toEqual({
    outcome: { kind: "verify", matches: true, outdated: true },
    computations: 1,
  });
});
