/**
 * Where the procedures of administration are, and which requests are answered in their form.
 *
 * @module
 */

/** Path of the door. A procedure's path comes after it. */
export const ADMIN_PATH = "/admin/trpc";

/** Tells whether a request is one to the door. */
export function isToAdmin({ url }: Pick<Request, "url">): boolean {
  // Of every request, so nothing is parsed before there is a reason to.
  if (!url.includes(ADMIN_PATH)) return false;
  const pathname = URL.parse(url)?.pathname ?? "";
  return pathname === ADMIN_PATH || pathname.startsWith(`${ADMIN_PATH}/`);
}
