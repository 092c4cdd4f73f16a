/**
 * Keys as bindings write them: `j`, `?`, `mod+k`, or two after another such as `g s`.
 *
 * @module
 */

/** The part of a keyboard event that a binding looks at. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Longest pause between the two keys of a sequence, milliseconds. */
const SEQUENCE_MS = 1_500;

/** Remembers a first key for a moment, and says what was pressed in all. */
export interface KeySequence {
  /** Answers the names that this key stands for: with the one before, and alone. */
  press(press: KeyPress, atMs: number): readonly string[];
}

/** Names a key; null for one that is only held, such as Shift. */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string | null {
  if (["Control", "Meta", "Shift", "Alt", "AltGraph"].includes(key)) return null;
  const name = key === " " ? "space" : key.toLowerCase();
  const mod = ctrlKey || metaKey ? "mod+" : "";
  const alt = altKey ? "alt+" : "";
  const isNamed = key.length > 1 || key === " ";
  return `${mod}${alt}${shiftKey && isNamed ? "shift+" : ""}${name}`;
}

/** Makes one. */
export function createKeySequence(): KeySequence {
  let last: { readonly name: string; readonly atMs: number } | null = null;
  return {
    press(press, atMs) {
      const name = keyName(press);
      if (name === null) return [];
      const isNear = last !== null && atMs - last.atMs <= SEQUENCE_MS;
      const names = isNear && last !== null ? [`${last.name} ${name}`, name] : [name];
      last = { name, atMs };
      return names;
    },
  };
}
