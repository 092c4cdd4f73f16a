/**
 * Turns what callers hand to the log into plain values: finite, without cycles, that JSON can hold.
 *
 * @module
 */

/** Longest text that is looked at, characters. Longer ones are cut at a space. */
const TEXT_MAX_LENGTH = 8_192;

/** How deep objects are followed. */
const MAX_DEPTH = 6;

/** How many items of an object or an array are written. */
const MAX_ITEMS = 50;

/** Stands for what throws when it is looked at. */
const UNREADABLE = "[unreadable]";

/** How values are turned. */
export interface ValueOptions {
  /** Whether errors show where they were made. */
  readonly showStacks: boolean;
}

/** Plain fields of whatever fields. Never throws. */
export function plainFields(
  fields: Readonly<Record<string, unknown>>,
  options: ValueOptions,
): Record<string, unknown> {
  try {
    return plainObject(Object.entries(fields), { ...options, ancestors: [fields] });
  } catch {
    return { fields: UNREADABLE };
  }
}

interface Walk extends ValueOptions {
  /** The objects that the walk is inside of. */
  readonly ancestors: readonly object[];
}

function plain(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case "string":
      return plainText(value);
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
    case "undefined":
      return value;
    case "bigint":
      return String(value);
    case "function":
    case "symbol":
      return `[${typeof value}]`;
    case "object":
      return value === null ? null : plainSafely(value, walk);
  }
}

/** Getters and proxies may throw. That costs their object, not the line. */
function plainSafely(value: object, walk: Walk): unknown {
  try {
    return plainThing(value, walk);
  } catch {
    return UNREADABLE;
  }
}

function plainThing(value: object, walk: Walk): unknown {
  if (walk.ancestors.includes(value)) return "[circular]";
  if (walk.ancestors.length > MAX_DEPTH) return "[deeper]";
  const inner = { ...walk, ancestors: [...walk.ancestors, value] };
  if (value instanceof Error) return plainError(value, inner);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? "[no date]" : value.toISOString();
  if (value instanceof URL || value instanceof RegExp) return plainText(String(value));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return plainArray([...value.entries()], inner);
  if (value instanceof Set) return plainArray([...value], inner);
  if (Array.isArray(value)) return plainArray(value, inner);
  return plainObject(Object.entries(value), inner);
}

function plainArray(items: readonly unknown[], walk: Walk): unknown[] {
  const shown = items.slice(0, MAX_ITEMS).map((item) => plain(item, walk) ?? null);
  return items.length > MAX_ITEMS ? [...shown, `[${items.length - MAX_ITEMS} more]`] : shown;
}

function plainObject(
  entries: readonly (readonly [string, unknown])[],
  walk: Walk,
): Record<string, unknown> {
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, value] of entries.slice(0, MAX_ITEMS)) copy[name] = plain(value, walk);
  if (entries.length > MAX_ITEMS) copy["more"] = entries.length - MAX_ITEMS;
  return copy;
}

/** An error: its class, message and code, and the errors behind it. */
function plainError(error: Error, walk: Walk): Record<string, unknown> {
  const code: unknown = "code" in error ? error.code : undefined;
  return plainObject(
    [
      ["class", error.name],
      ["message", error.message],
      ["error_code", typeof code === "string" || typeof code === "number" ? code : undefined],
      ["stack", walk.showStacks ? error.stack : undefined],
      ["cause", error.cause],
      ["errors", error instanceof AggregateError ? error.errors : undefined],
    ],
    walk,
  );
}

/** The beginning of a long text, up to a space, so that no secret is cut into what looks harmless. */
function plainText(text: string): string {
  if (text.length <= TEXT_MAX_LENGTH) return text;
  const start = text.slice(0, TEXT_MAX_LENGTH);
  const end = start.lastIndexOf(" ") + 1;
  return `${start.slice(0, end)}[${text.length - end} more characters]`;
}
