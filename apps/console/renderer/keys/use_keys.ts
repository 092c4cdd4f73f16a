/**
 * Keys that do something while what they belong to is shown.
 *
 * @module
 */

import { useEffect, useRef, useSyncExternalStore } from "react";
import { createValueStore } from "../state/value_store.ts";
import { createKeySequence } from "./key_sequence.ts";

/** One key, or sequence, and what it does. */
export interface KeyBinding {
  readonly keys: string;
  /** What it does, for the sheet of keys. */
  readonly label: string;
  readonly group: string;
  /** Whether it works while somebody types into a field. */
  readonly inFields?: boolean;
  readonly run: () => void;
}

const bound = createValueStore<readonly (readonly KeyBinding[])[]>([]);
const sequence = createKeySequence();

/** Binds keys while the component is there. The newest binding of a key wins. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  const shape = JSON.stringify(bindings.map(({ run: _, ...shown }) => shown));
  useEffect(() => {
    const shown = JSON.parse(shape) as readonly Omit<KeyBinding, "run">[];
    const entries = shown.map((binding, index) => ({
      ...binding,
      run: () => latest.current[index]?.run(),
    }));
    bound.set([...bound.get(), entries]);
    return () => bound.set(bound.get().filter((one) => one !== entries));
  }, [shape]);
}

/** All bindings that hold now, for the sheet of keys. */
export function useBoundKeys(): readonly KeyBinding[] {
  return useSyncExternalStore(bound.subscribe, bound.get).flat();
}

/** Listens to the keyboard; once for the whole page. */
export function useKeyboard(): void {
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const names = sequence.press(event, event.timeStamp);
  const isTyping = isField(event.target);
  const isModal = document.querySelector("dialog[open]") !== null;
  for (const name of names) {
    const binding = bound
      .get()
      .flat()
      .findLast((one) => one.keys === name && (!isTyping || one.inFields === true));
    if (binding === undefined || (isModal && binding.inFields !== true)) continue;
    event.preventDefault();
    binding.run();
    return;
  }
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isBox = target instanceof HTMLInputElement && ["checkbox", "radio"].includes(target.type);
  return target.matches("input, textarea, select, [contenteditable=true]") && !isBox;
}
