/**
 * Which listener answers what.
 *
 * @module
 */

import type { Operation } from "@postern/wire";
import type { Config, SettledConfig } from "./config.ts";
import type { Listener } from "./http/request_context.ts";

/** What the listener for administration answers, beside its own. */
const ON_BOTH: ReadonlySet<string> = new Set([
  "/healthz",
  "/readyz",
  "/oauth/token",
  "/oauth/revoke",
  "/.well-known/oauth-authorization-server",
]);

/** What it alone answers, where there is one. */
const ADMIN_ALONE: ReadonlySet<string> = new Set(["/metrics", "/admin/trpc"]);

/** Tells whether a listener answers an operation. With one listener it answers all. */
export function isServedBy(
  config: Pick<Config, "adminListen">,
  operation: Pick<Operation, "path">,
  listener: Listener,
): boolean {
  if (config.adminListen === undefined || ON_BOTH.has(operation.path)) return true;
  return ADMIN_ALONE.has(operation.path) === (listener === "admin");
}

/** Origins that a request to a listener may be known by, in a proof that was made for it. */
export function originsOf(
  { publicUrl, adminListen }: Pick<SettledConfig, "publicUrl" | "adminListen">,
  listener: Listener,
): readonly string[] {
  if (listener === "main" || adminListen === undefined) return [publicUrl];
  return [publicUrl, `http://${adminListen.allowedHost}:${adminListen.port}`];
}
