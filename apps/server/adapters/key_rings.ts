/**
 * The key rings, unsealed and in memory: read at start and when they change, not when they are used.
 *
 * @module
 */

import type { AuthStore, CookieKey, Key, KeyId, Ring, SealingKey, Vault } from "@postern/auth";
import {
  after,
  type Clock,
  decodeBase64Url,
  type EpochMs,
  encodeBase64Url,
  err,
  ok,
  type Random,
  type Result,
  seconds,
} from "@postern/std";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { KeyRings, KeyTokens, SigningKeys } from "../key_rings_port.ts";
import { createLatestReading } from "../latest_reading.ts";
import { createKeyTokens } from "./tokens.ts";

/** Length of a symmetric key, bytes. */
const KEY_BYTES = 32;

/** Randomness in a key's id, bytes. */
const KEY_ID_BYTES = 8;

/** How long a key that left the ring still signs what was promised before. Longer than any answer takes to make. */
const LEAVING_MS = seconds(30);

/** What the rings need. */
export interface KeyRingsDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Pick<AuthStore, "listKeys">;
  readonly vault: Vault;
  /** Seals the secrets of keys; derived from the root key. */
  readonly rootKey: SealingKey;
  /** What tokens name as their issuer and audience. */
  readonly issuer: () => string;
}

/** A signing key in memory. */
interface Known {
  readonly tokens: KeyTokens;
  /** When it was first missed in the ring; null: it is there. */
  readonly leftAt: EpochMs | null;
}

interface Loaded {
  readonly signing: SigningKeys;
  readonly cookies: readonly CookieKey[];
  readonly secrets: readonly SealingKey[];
  readonly publicKeys: string;
  readonly at: EpochMs;
}

type Reading = Result<Loaded, { readonly code: "keys_unreadable"; readonly message: string }>;

const UNREADABLE =
  "The root key does not open the keys in this database: SECRET_KEY, or the key file, is another database's";

/** Makes the rings, not loaded yet. */
export function createKeyRings(deps: KeyRingsDeps): KeyRings {
  let loaded: Loaded | undefined;
  let latest: Reading | undefined;
  const known = new Map<KeyId, Known>();
  const readLatest = createLatestReading(
    () => read(deps, known),
    (result) => {
      latest = result;
      if (result.ok) loaded = result.value;
    },
  );

  function need(): Loaded {
    if (loaded === undefined) throw new TypeError("Cannot use the key rings: they are not loaded");
    return loaded;
  }

  return {
    async reload() {
      await readLatest();
      return latest?.ok === false ? latest : ok(null);
    },
    signing: () => need().signing,
    cookies: () => need().cookies,
    publicKeys: () => need().publicKeys,
    loadedAt: () => loaded?.at ?? null,
    maker: { make: (ring) => make(deps, ring) },
    sealer: {
      seal(context, plaintext) {
        const key = need().secrets[0];
        if (key === undefined) throw new TypeError("Cannot seal: the ring of secrets has no key");
        return deps.vault.seal(key, context, plaintext);
      },
      open(context, sealed) {
        const find = (id: string) => need().secrets.find((key) => key.id === id);
        const result = deps.vault.open(find, context, sealed);
        return result.ok ? result.value : null;
      },
    },
  };
}

async function read(deps: KeyRingsDeps, known: Map<KeyId, Known>): Promise<Reading> {
  const keys = (await deps.store.listKeys()).filter((key) => key.state !== "retired");
  const secrets = open(deps, keys);
  if (secrets === undefined) return err({ code: "keys_unreadable", message: UNREADABLE });
  return ok(await load(deps, { keys, secrets }, known));
}

function open(deps: KeyRingsDeps, keys: readonly Key[]): ReadonlyMap<KeyId, string> | undefined {
  const secrets = new Map<KeyId, string>();
  for (const key of keys) {
    const result = deps.vault.open(
      (id) => (id === deps.rootKey.id ? deps.rootKey : undefined),
      contextOf(key.id),
      key.sealedSecret,
    );
    if (!result.ok) return undefined;
    secrets.set(key.id, result.value);
  }
  return secrets;
}

async function load(
  deps: KeyRingsDeps,
  from: { readonly keys: readonly Key[]; readonly secrets: ReadonlyMap<KeyId, string> },
  known: Map<KeyId, Known>,
): Promise<Loaded> {
  const at = deps.clock.now();
  const of = (ring: Ring) => from.keys.filter((key) => key.ring === ring).sort(byUse);
  const signing = of("signing");
  const byId = new Map<string, KeyTokens>();
  for (const key of signing) {
    const jwk = JSON.parse(from.secrets.get(key.id) ?? "{}") as JWK;
    const tokens =
      known.get(key.id)?.tokens ?? (await createKeyTokens({ id: key.id, jwk }, deps.issuer()));
    known.set(key.id, { tokens, leftAt: null });
    byId.set(key.id, tokens);
  }
  const symmetric = (ring: Ring) =>
    of(ring).map((key) => ({ id: key.id, bytes: bytesOf(from.secrets.get(key.id)) }));
  const current = signing[0];
  if (current?.state !== "current") throw new TypeError("Cannot sign: the ring has no current key");
  return {
    signing: { current: current.id, byId, leaving: leavingOf(known, byId, at) },
    cookies: symmetric("cookies"),
    secrets: symmetric("secrets"),
    publicKeys: JSON.stringify({ keys: signing.map((key) => JSON.parse(key.publicJwk ?? "null")) }),
    at,
  };
}

/** Keys that are in the ring no more, and forgets those that left long ago. */
function leavingOf(
  known: Map<KeyId, Known>,
  byId: ReadonlyMap<string, KeyTokens>,
  at: EpochMs,
): ReadonlyMap<string, KeyTokens> {
  const leaving = new Map<string, KeyTokens>();
  for (const [id, { tokens, leftAt }] of known) {
    if (byId.has(id)) continue;
    known.set(id, { tokens, leftAt: leftAt ?? at });
    if (leftAt !== null && at > after(leftAt, LEAVING_MS)) known.delete(id);
    else leaving.set(id, tokens);
  }
  return leaving;
}

const ORDER = { current: 0, previous: 1, next: 2, retired: 3 } as const;

function byUse(a: Key, b: Key): number {
  return ORDER[a.state] - ORDER[b.state];
}

function bytesOf(text: string | undefined): Uint8Array {
  const bytes = decodeBase64Url(text ?? "");
  if (bytes?.length !== KEY_BYTES) throw new TypeError("Cannot use a key: it is not of 32 bytes");
  return bytes;
}

async function make(
  deps: KeyRingsDeps,
  ring: Ring,
): Promise<Pick<Key, "id" | "sealedSecret" | "publicJwk">> {
  const hex = Array.from(deps.random.bytes(KEY_ID_BYTES), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  const id = `${ring}-${hex.join("")}` as KeyId;
  const seal = (secret: string) => deps.vault.seal(deps.rootKey, contextOf(id), secret);
  if (ring !== "signing") {
    const sealedSecret = seal(encodeBase64Url(deps.random.bytes(KEY_BYTES)));
    return { id, sealedSecret, publicJwk: null };
  }
  const pair = await generateKeyPair("EdDSA", { extractable: true });
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: id, alg: "EdDSA", use: "sig" };
  const sealedSecret = seal(JSON.stringify(await exportJWK(pair.privateKey)));
  return { id, sealedSecret, publicJwk: JSON.stringify(publicJwk) };
}

function contextOf(id: KeyId): string {
  return `key:${id}`;
}
