/**
 * Which procedures the page may name: those of the areas that there are, and nothing that is an address.
 *
 * @module
 */

/** The areas of the server's router. */
const AREAS: ReadonlySet<string> = new Set([
  "overview",
  "users",
  "sessions",
  "providers",
  "limits",
  "audit",
  "secrets",
  "settings",
]);

/** Names, with dots between them. */
const PATH = /^[a-z][A-Za-z0-9]{0,39}(?:\.[a-z][A-Za-z0-9]{0,39}){1,2}$/;

/** Tells whether a text is the path of a procedure, and no name that every object has. */
export function isProcedurePath(path: string): boolean {
  if (!PATH.test(path)) return false;
  const names = path.split(".");
  return AREAS.has(names[0] ?? "") && names.every((name) => !(name in Object.prototype));
}
