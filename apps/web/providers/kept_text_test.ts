import { expect, test } from "bun:test";
import { keepText, type TextStorage } from "./kept_text.ts";

function mapStorage(): TextStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  };
}

test("keepText() reads what was written, under its own key alone, until it is cleared", () => {
  const storage = mapStorage();
  const one = keepText(() => storage, "one");
  const other = keepText(() => storage, "other");
  one.write("google");
  expect([one.read(), other.read()]).toEqual(["google", null]);
  one.clear();
  expect(one.read()).toBeNull();
});

test("keepText() keeps nothing, and fails at nothing, where storage is switched off", () => {
  const kept = keepText(() => {
    throw new DOMException("The operation is insecure", "SecurityError");
  }, "one");
  kept.write("google");
  kept.clear();
  expect(kept.read()).toBeNull();
});

test("keepText() outlives a storage that is full", () => {
  const full = {
    ...mapStorage(),
    setItem() {
      throw new DOMException("The quota is exceeded", "QuotaExceededError");
    },
  };
  const kept = keepText(() => full, "one");
  kept.write("google");
  expect(kept.read()).toBeNull();
});
