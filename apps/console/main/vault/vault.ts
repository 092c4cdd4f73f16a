/**
 * Where tokens and keys are kept: encrypted by the system's keyring, or in memory alone.
 *
 * Nothing is ever written in the clear. Where the system only scrambles (`basic_text`), what is kept
 * is gone with the console, and the page says so.
 *
 * @module
 */

import { join } from "node:path";
import type { ElectronParts } from "../electron_parts.ts";
import { readPrivateFile, removePrivateFile, writePrivateFile } from "../private_file.ts";

/** What it needs. */
export interface VaultDeps {
  readonly safeStorage: ElectronParts["safeStorage"];
  /** Folder of its files. */
  readonly folder: string;
  /** As `process.platform` names it. */
  readonly platform: string;
}

/** One secret text a profile. */
export interface Vault {
  /** `memory`: what is written is not kept. */
  readonly storage: "encrypted" | "memory";
  /** Reads it; null where there is none, or none that can be read any more. */
  read(profileId: string): Promise<string | null>;
  write(profileId: string, secret: string): Promise<void>;
  remove(profileId: string): Promise<void>;
}

/** Opens it. To be called once the app is ready: before, no keyring is chosen. */
export function openVault(deps: VaultDeps): Vault {
  return isEncrypted(deps) ? encryptedVault(deps) : memoryVault();
}

/** On Linux, a keyring that is none: a fixed password, or not known. */
const NO_KEYRING: ReadonlySet<string> = new Set(["basic_text", "unknown"]);

function isEncrypted({ safeStorage, platform }: VaultDeps): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return platform !== "linux" || !NO_KEYRING.has(safeStorage.getSelectedStorageBackend());
}

function encryptedVault({ safeStorage, folder }: VaultDeps): Vault {
  const pathOf = (profileId: string) => join(folder, `${profileId}.sealed`);
  return {
    storage: "encrypted",
    async read(profileId) {
      const sealed = await readPrivateFile(pathOf(profileId));
      if (sealed === null) return null;
      try {
        return safeStorage.decryptString(sealed);
      } catch {
        // Another keyring than the one that sealed it: whoever sits there signs in once more.
        return null;
      }
    },
    write: (profileId, secret) =>
      writePrivateFile(pathOf(profileId), safeStorage.encryptString(secret)),
    remove: (profileId) => removePrivateFile(pathOf(profileId)),
  };
}

/** Keeps nothing: what is signed in lives in its own objects, for as long as the console runs. */
function memoryVault(): Vault {
  return {
    storage: "memory",
    read: async () => null,
    write: async () => undefined,
    remove: async () => undefined,
  };
}
