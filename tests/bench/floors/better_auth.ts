/**
 * What `GET me` is compared with: Better Auth on Elysia and SQLite, checking a session.
 *
 * Set up as for production, its rate limit off: its handler mounted on Elysia, and CORS by Elysia's plugin, as its
 * documentation says. `/me` calls its `getSession` past the handler, which is faster: a bare route of Elysia's reaches
 * no more than twenty times that.
 * Argument: JSON.
 *
 * @see https://www.better-auth.com/docs/integrations/elysia
 * @module
 */

import { Database } from "bun:sqlite";
import { cors } from "@elysiajs/cors";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { Elysia } from "elysia";
import { announce } from "./_announce.ts";

/** How it is set up. */
export interface BetterAuthSetup {
  /** Path for a new database. */
  readonly database: string;
  readonly secret: string;
  /** Whether a session is also kept in a signed cookie, and believed for five minutes. */
  readonly hasCookieCache: boolean;
  /** Origin that may call with credentials. */
  readonly origin: string;
}

/** How long the cookie is believed: the documentation's example. */
const COOKIE_CACHE_MAX_AGE_S = 300;

if (import.meta.main) await serve(JSON.parse(process.argv[2] ?? "") as BetterAuthSetup);

async function serve(setup: BetterAuthSetup): Promise<void> {
  const options = optionsOf(setup);
  const { runMigrations } = await getMigrations(options);
  await runMigrations();
  const auth = betterAuth(options);
  const app = new Elysia()
    .use(cors({ origin: [new URL(setup.origin).host], credentials: true }))
    .mount(auth.handler)
    .get("/me", async ({ request, status }) => {
      const session = await auth.api.getSession({ headers: request.headers });
      return session === null ? status(401) : session.user;
    })
    .listen({ port: 0, hostname: "127.0.0.1" });
  announce(app.server?.port);
}

function optionsOf(setup: BetterAuthSetup): BetterAuthOptions {
  const database = new Database(setup.database, { create: true });
  database.run("PRAGMA journal_mode = WAL");
  return {
    database,
    secret: setup.secret,
    baseURL: "http://127.0.0.1",
    trustedOrigins: [setup.origin],
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    session: {
      cookieCache: { enabled: setup.hasCookieCache, maxAge: COOKIE_CACHE_MAX_AGE_S },
    },
  };
}
