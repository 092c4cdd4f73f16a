/**
 * Which rows are chosen: some by their ids, or all that match, also those that were never loaded.
 *
 * @module
 */

/** The choice. */
export type Selection =
  | { readonly kind: "some"; readonly ids: ReadonlySet<string> }
  | { readonly kind: "all" };

/** Nothing is chosen. */
export const NOTHING: Selection = { kind: "some", ids: new Set() };

/** Tells whether a row is chosen. */
export function isChosen(selection: Selection, id: string): boolean {
  return selection.kind === "all" || selection.ids.has(id);
}

/** Tells whether nothing is chosen. */
export function isNothing(selection: Selection): boolean {
  return selection.kind === "some" && selection.ids.size === 0;
}

/** Chooses a row, or no longer. From all that match, what remains are the loaded ones but this. */
export function toggle(selection: Selection, id: string, loaded: readonly string[]): Selection {
  const ids = new Set(selection.kind === "all" ? loaded : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { kind: "some", ids };
}

/** Chooses all rows between two, both of them included. */
export function chooseRange(
  selection: Selection,
  loaded: readonly string[],
  ends: readonly [string, string],
): Selection {
  const [from, to] = ends.map((id) => loaded.indexOf(id)).sort((one, other) => one - other);
  if (from === undefined || to === undefined || from < 0) return selection;
  const before = selection.kind === "all" ? loaded : selection.ids;
  return { kind: "some", ids: new Set([...before, ...loaded.slice(from, to + 1)]) };
}

/** Whether the box above all rows is on, off, or between. */
export function boxOf(selection: Selection, loaded: readonly string[]): "on" | "off" | "mixed" {
  if (selection.kind === "all") return "on";
  const count = loaded.filter((id) => selection.ids.has(id)).length;
  if (count === 0) return "off";
  return count === loaded.length ? "on" : "mixed";
}
