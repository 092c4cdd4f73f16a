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

/** Rings over the rows, not loaded yet. */
function newRings(): KeyRings {
  return createKeyRings({
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
  rings = newRings();
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

test("what was signed here is known again; another signature, type or hour is judged as ever (forgery)", async () => {
  const signer = tokens();
  const token = await signer.sign(claims(), signer.signingKeyId());
  const verified = await signer.verify(token, "refresh");
  expect(verified).toMatchObject({ ok: true, value: { id: "token", userId: 1 } });
  // One that this process never saw says the same to a verification.
  const stranger = newRings();
  await stranger.reload();
  const elsewhere = createTokens({ clock, keys: () => stranger.signing() });
  expect(await elsewhere.verify(token, "refresh")).toEqual(verified);
  const [header = "", payload = "", signature = ""] = token.split(".");
  const flipped = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  const forged = [header, payload, flipped].join(".");
  expect(await signer.verify(forged, "refresh")).toEqual({
    ok: false,
    error: { code: "invalid_token" },
  });
  expect(await signer.verify(token, "access")).toEqual({
    ok: false,
    error: { code: "invalid_token" },
  });
  now = epochMs(now + seconds(60));
  expect(await signer.verify(token, "refresh")).toEqual({
    ok: false,
    error: { code: "token_expired" },
  });
});

test("a token of a key that was dropped is refused, though it was signed here (compromise)", async () => {
  const signer = tokens();
  const token = await signer.sign(claims(), signer.signingKeyId());
  await dropSigningKey();
  await rings.reload();
  expect(await signer.verify(token, "refresh")).toEqual({
    ok: false,
    error: { code: "invalid_token" },
  });
});
