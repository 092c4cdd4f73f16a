/**
 * A short text that the browser keeps for a page.
 *
 * @module
 */

/** The part of the browser's storage that is used. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The text, and changing it. */
export interface KeptText {
  /** `null` where nothing is kept. */
  read(): string | null;
  write(text: string): void;
  clear(): void;
}

/**
 * Names a text in a storage. Nothing hangs on it: with storage that is switched off or full it is as
 * if nothing had ever been kept.
 *
 * @param open Gets the storage; browsers throw already here where it is switched off.
 */
export function keepText(open: () => TextStorage, key: string): KeptText {
  function attempt<T>(work: (storage: TextStorage) => T): T | null {
    try {
      return work(open());
    } catch {
      return null;
    }
  }
  return {
    read: () => attempt((storage) => storage.getItem(key)),
    write: (text) => attempt((storage) => storage.setItem(key, text)),
    clear: () => attempt((storage) => storage.removeItem(key)),
  };
}
