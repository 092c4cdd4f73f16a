/**
 * JSON in the one form that two sides write alike, so that its hash can be compared.
 *
 * Members sorted by name, no blanks, what is undefined left out. Not RFC 8785: numbers and texts are as
 * `JSON.stringify` writes them, which is the same wherever that is.
 *
 * @module
 */

/** Writes a value; what JSON cannot hold is as `JSON.stringify` takes it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  const written = members.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`);
  return `{${written.join(",")}}`;
}
