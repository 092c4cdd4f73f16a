/**
 * The store behind the ports of `auth`: tables, migrations, the writer's lane.
 *
 * @module
 */

export type { CommitMetrics, WriterDeps } from "./_commit_group.ts";
export type { MailDeps } from "./_mails.ts";
export type { Runner } from "./_rows.ts";
export { type AuthStoreDeps, createAuthStore } from "./create_auth_store.ts";
export {
  createOutbox,
  type OutboxDeps,
  type OutboxMail,
  type StoredOutbox,
} from "./create_outbox.ts";
export type { Database } from "./database.ts";
export { type DatabaseOptions, type OpenDatabaseError, openDatabase } from "./open_database.ts";
export { seedLimits } from "./seed_limits.ts";
export { createWriter, type Writer } from "./writer.ts";
export type { WriterTx } from "./writer_tx.ts";
