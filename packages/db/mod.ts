/**
 * The store behind the ports of `auth`: tables, migrations, the writer's lane.
 *
 * @module
 */

export { createAuthStore } from "./create_auth_store.ts";
export { createChatStore } from "./create_chat_store.ts";
export { createOutbox, type StoredOutbox } from "./create_outbox.ts";
export type { Database } from "./database.ts";
export { hasKeys } from "./has_keys.ts";
export { openDatabase } from "./open_database.ts";
export { seedLimits } from "./seed_limits.ts";
export { createWriter, type Writer } from "./writer.ts";
