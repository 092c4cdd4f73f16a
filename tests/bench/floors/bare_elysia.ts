/**
 * Floor of `GET me`: a bare Elysia route with the same body, headers and CORS, and no guard.
 *
 * Argument: those, as JSON. The body is text already, so that nothing is spent on making it.
 *
 * @module
 */

import { cors } from "@elysiajs/cors";
import { Elysia } from "elysia";
import { announce } from "./_announce.ts";

/** What the route answers. */
export interface BareAnswer {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Origin that may call with credentials. */
  readonly origin: string;
  readonly exposed: readonly string[];
}

if (import.meta.main) {
  const { path, body, headers, origin, exposed } = JSON.parse(process.argv[2] ?? "") as BareAnswer;
  const app = new Elysia()
    .use(
      cors({
        origin: [new URL(origin).host],
        credentials: true,
        methods: "GET, POST, PATCH, PUT, DELETE, OPTIONS",
        allowedHeaders: "X-CSRFToken, Content-Type, Authorization",
        exposeHeaders: exposed.join(", "),
        maxAge: 86_400,
      }),
    )
    .get(path, ({ set }) => {
      Object.assign(set.headers, headers);
      return body;
    })
    .listen({ port: 0, hostname: "127.0.0.1" });
  announce(app.server?.port);
}
