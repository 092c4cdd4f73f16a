/**
 * Which requests are answered in OAuth's form where they are refused, from the gate on.
 *
 * @module
 */

import { OPERATIONS, type Operation } from "@postern/wire";

const PATHS: ReadonlySet<string> = new Set(
  Object.values<Operation>(OPERATIONS)
    .filter(({ refusals }) => refusals === "oauth")
    .map(({ path }) => path),
);

/** Tells whether a request speaks OAuth. By another method there is nothing at these paths that does. */
export function speaksOauth({ method, url }: Pick<Request, "method" | "url">): boolean {
  if (method !== "POST") return false;
  const pathname = URL.parse(url)?.pathname ?? "";
  return PATHS.has(pathname.endsWith("/") ? pathname.slice(0, -1) : pathname);
}
