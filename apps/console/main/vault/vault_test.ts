import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openVault, type VaultDeps } from "./vault.ts";

const ID = "0199c1a2-0000-7000-8000-000000000000";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "postern-vault-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** A system's keyring; another mask is another keyring. */
function keyring(facts: { backend?: string; isThere?: boolean; mask?: number } = {}): VaultDeps {
  const { backend = "kwallet6", isThere = true, mask = 0x5a } = facts;
  const turn = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ mask));
  const safeStorage = {
    isEncryptionAvailable: () => isThere,
    getSelectedStorageBackend: () => backend,
    encryptString: (text: string) => turn(Buffer.from(`v${mask}:${text}`)),
    decryptString(sealed: Buffer) {
      const text = turn(sealed).toString("utf8");
      if (!text.startsWith(`v${mask}:`)) throw new Error("Cannot decrypt");
      return text.slice(`v${mask}:`.length);
    },
  };
  return { folder: join(folder, "sealed"), platform: "linux", safeStorage } as VaultDeps;
}

test("a vault keeps a secret sealed, for its owner alone, until it is removed", async () => {
  const vault = openVault(keyring());
  expect(vault.storage).toBe("encrypted");
  await vault.write(ID, "a refresh token");
  expect(await openVault(keyring()).read(ID)).toBe("a refresh token");
  const path = join(folder, "sealed", `${ID}.sealed`);
  expect(await readFile(path, "latin1")).not.toContain("refresh");
  expect((await stat(path)).mode & 0o077).toBe(0);
  await vault.remove(ID);
  expect(await vault.read(ID)).toBeNull();
});

test("a vault that another keyring sealed holds nothing", async () => {
  await openVault(keyring()).write(ID, "a refresh token");
  expect(await openVault(keyring({ mask: 0x33 })).read(ID)).toBeNull();
});

test("a vault writes nothing where the system only scrambles, or keeps no secrets", async () => {
  for (const facts of [{ backend: "basic_text" }, { backend: "unknown" }, { isThere: false }]) {
    const vault = openVault(keyring(facts));
    expect(vault.storage).toBe("memory");
    await vault.write(ID, "a refresh token");
    expect(await vault.read(ID)).toBeNull();
  }
  expect(await readdir(folder)).toEqual([]);
});

test("a vault asks for no backend where there is but one", () => {
  const deps = { ...keyring({ backend: "unknown" }), platform: "darwin" };
  expect(openVault(deps).storage).toBe("encrypted");
});
