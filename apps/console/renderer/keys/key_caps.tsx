/**
 * Keys as they are drawn.
 *
 * @module
 */

const NAMES: Readonly<Record<string, string>> = {
  arrowdown: "↓",
  arrowup: "↑",
  enter: "Enter",
  escape: "Esc",
  space: "Space",
};

const IS_MAC = navigator.platform.startsWith("Mac");

/** Draws a key, or a sequence. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span className="co-keys">
      {keys.split(" ").map((key) => (
        <kbd key={key}>{capOf(key)}</kbd>
      ))}
    </span>
  );
}

function capOf(key: string): string {
  return key
    .split("+")
    .map((part) => {
      if (part === "mod") return IS_MAC ? "⌘" : "Ctrl";
      if (part === "shift") return "⇧";
      return NAMES[part] ?? part;
    })
    .join(IS_MAC ? "" : " ");
}
