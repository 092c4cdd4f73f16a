/**
 * Floor of starting and of memory: Elysia with one route.
 *
 * @module
 */

import { Elysia } from "elysia";
import { announce } from "./_announce.ts";

const app = new Elysia().get("/", () => "ok").listen({ port: 0, hostname: "127.0.0.1" });
announce(app.server?.port);
