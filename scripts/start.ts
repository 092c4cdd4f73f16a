/**
 * `bun run start`: sets up what is missing, then becomes the server.
 *
 * In this very process, since a second one costs a start and stands between the server and its signals.
 *
 * @module
 */

import { installDependencies } from "./_install.ts";
import { buildStalePages } from "./_pages.ts";
import { bundledServer } from "./_server_bundle.ts";

process.env.NODE_ENV = "production";
installDependencies();
if (!buildStalePages()) process.exit(1);
await import(bundledServer() ?? "@postern/server");
