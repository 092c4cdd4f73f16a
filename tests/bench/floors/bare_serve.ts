/**
 * The least that a server can do here, to find out what the load generator can.
 *
 * @module
 */

import { announce } from "./_announce.ts";

const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("ok") });
announce(server.port);
