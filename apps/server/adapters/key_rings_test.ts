import { beforeEach, expect, test } from "bun:test";
import type { Claims, Key, KeyId, SessionId, UserId } from "@postern/auth";
import { epochMs, seconds } from "@postern/std";
import type { KeyRings } from "../key_rings_port.ts";
import { random } from "./crypto.ts";
import { createKeyRings } from "./key_rings.ts";
import { createTokens } from "./tokens.ts";
import { createVault } from "./vault.ts";

const ROOT = { id: "root", bytes: new Uint8Array(32).fill(7) };
const ISSUER = "https://postern.example";

let now = epochMs(1_000_000);
let rows: Key[] = [];
/** Holds the answer to the next `listKeys` back until it is called. */
let gate: Promise<void> | undefined;
let rings: KeyRings;
const clock = { now: () => now };

async function newKey(ring: Key["ring"], state: Key["state"]): Promise<Key> {
  const made = await rings.maker.make(ring);
  const times = { createdAt: now, currentAt: now, previousAt: null, retiredAt: null };
  return { ...made, ...times, ring, state };
}

function tokens() {
  return createTokens({ clock, keys: () => rings.signing() });
}

function claims(): Claims {
  return {
    type: "refresh",
    id: "token" as Claims["id"],
    sessionId: "session" as SessionId,
    userId: 1 as UserId,
    issuedAt: now,
    expiresAt: epochMs(now + seconds(60)),
  };
}

/** Retires the signing key, and puts another in its place. */
async function dropSigningKey(): Promise<KeyId> {
  const dropped = rings.signing().current;
  const rest = rows.filter(({ id }) => id !== dropped);
  rows = [...rest, await newKey("signing", "current")];
  return dropped;
}

beforeEach(async () => {
  now = epochMs(1_000_000);
  gate = undefined;
  rings = createKeyRings({
    clock,
    random,
    store: {
      async listKeys() {
        const read = rows;
        const held = gate;
        gate = undefined;
        await held;
        return read;
      },
    },
    vault: createVault({ random }),
    rootKey: ROOT,
    issuer: () => ISSUER,
  });
  rows = [await newKey("signing", "current"), await newKey("cookies", "current")];
  rows.push(await newKey("secrets", "current"));
  expect((await rings.reload()).ok).toBe(true);
});

test("a key that was dropped signs what was promised, and nothing verifies by it", async () => {
  const dropped = await dropSigningKey();
  await rings.reload();
  const token = await tokens().sign(claims(), dropped);
  expect(token.split(".")).toHaveLength(3);
  expect(await tokens().verify(token, "refresh")).toEqual({
    ok: false,
    error: { code: "invalid_token" },
  });
  expect(rings.publicKeys()).not.toContain(dropped);
});

test("a key that was dropped long ago signs nothing any more", async () => {
  const dropped = await dropSigningKey();
  await rings.reload();
  now = epochMs(now + seconds(31));
  await rings.reload();
  expect(() => tokens().sign(claims(), dropped)).toThrow(/it is retired/);
});

test("a reload that began earlier and ends later changes nothing (race)", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const slow = rings.reload();
  const dropped = await dropSigningKey();
  await rings.reload();
  resolve();
  await slow;
  expect(rings.signing().current).not.toBe(dropped);
  expect(rings.signing().byId.has(dropped)).toBe(false);
});
