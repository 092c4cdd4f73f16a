/**
 * Two processes of one server, on one database, with a Redis between them or without.
 *
 * @module
 */

import { type Deployment, openDeployment } from "./deployment.ts";
import { type ServerProcess, startServer } from "./server_process.ts";

/** Both. */
export interface TwoProcesses {
  /** By the first process, which is stopped and restarted as any deployment. */
  readonly first: Deployment;
  /** The same accounts and mails, by the second process. */
  readonly second: Deployment;
  /** Ends the second process at once. */
  crashSecond(): Promise<void>;
  /** Starts it, after it was ended. */
  startSecond(): Promise<void>;
  close(): Promise<void>;
}

/** Starts both. */
export async function openTwoProcesses(
  env: Readonly<Record<string, string>> = {},
): Promise<TwoProcesses> {
  const first = await openDeployment({ env });
  const shared = {
    TRUSTED_PROXIES: "127.0.0.1/32",
    PUBLIC_URL: first.server.publicUrl,
    SMTP_URL: first.smtp.url,
    ...env,
  };
  const start = () => startServer({ folder: first.folder, env: shared });
  let server: ServerProcess = await start();
  return {
    first,
    second: {
      ...first,
      get server() {
        return server;
      },
      visitor: (options) => first.visitorTo(server, options),
    },
    crashSecond: () => server.kill9(),
    async startSecond() {
      server = await start();
    },
    async close() {
      await server.stop();
      await first.close();
    },
  };
}
