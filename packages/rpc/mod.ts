/**
 * The router of administration, without HTTP.
 *
 * @module
 */

export { adminRouter, createAdminCaller } from "./admin_router.ts";
export type { AdminContext, AdminDeps, Setting } from "./context.ts";
export { limitReached } from "./refused.ts";
export type { Stream, Streams } from "./stream_port.ts";
