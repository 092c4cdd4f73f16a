/**
 * Where drizzle-kit finds the tables, and puts the migrations that it makes of them.
 *
 * `bunx drizzle-kit generate --name what_changed`, here. Migrations that are checked in stay as they are.
 *
 * @module
 */

import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "sqlite", schema: "./schema/*.ts", out: "./migrations" });
