/**
 * The server put together in this process, for tests that look at its parts. It listens to nobody.
 *
 * @module
 */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createAdminStreams } from "@postern/server/adapters/admin_streams.ts";
import { systemClock } from "@postern/server/adapters/crypto.ts";
import { createDecisionBook } from "@postern/server/adapters/decision_book.ts";
import { openCore } from "@postern/server/compose.ts";
import { composeServer, type PosternServer } from "@postern/server/compose_server.ts";
import { openShared } from "@postern/server/compose_shared.ts";
import { readConfig, settleConfig } from "@postern/server/config.ts";
import { createLimiter } from "@postern/server/limiter.ts";
import { createLive } from "@postern/server/live.ts";
import { createSettingsInForce } from "@postern/server/live_settings.ts";
import { makeServerFolder } from "./server_process.ts";

/** A server, closed at the end of its scope. */
export interface ComposedServer extends AsyncDisposable {
  readonly server: PosternServer;
}

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  writes: () => false,
};

const CLOSE_MS = 5_000;

/** Puts a server together on a database of its own. */
export async function openComposedServer(
  env: Readonly<Record<string, string>> = {},
): Promise<ComposedServer> {
  const folder = await makeServerFolder();
  const read = readConfig({ DATABASE_URL: `file:${join(folder, "postern.db")}`, ...env });
  if (!read.ok) throw new Error(read.error.join("\n"));
  const config = settleConfig(read.value, read.value.port);
  const shared = await openShared(config, SILENT);
  const limiter = createLimiter({ clock: systemClock, ...shared });
  const settings = createSettingsInForce(config);
  const live = createLive({
    clock: systemClock,
    limiter,
    settings,
    streams: createAdminStreams(),
    decisions: createDecisionBook(systemClock),
    bus: shared.bus,
    log: SILENT,
  });
  const core = await openCore(config, { mayCreate: true, onCommit: live.onCommit });
  if (!core.ok) throw new Error(core.error.message);
  const server = await composeServer({ config, core: core.value, live, shared, log: SILENT });
  return {
    server,
    async [Symbol.asyncDispose]() {
      await server.close(CLOSE_MS);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
