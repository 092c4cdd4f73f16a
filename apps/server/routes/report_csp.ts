/**
 * Reports of what a page was kept from doing.
 *
 * @module
 */

import { reportCsp } from "@postern/auth";
import { BODY_LIMIT_BYTES, OPERATIONS } from "@postern/wire";
import { readBodyBytes } from "../http/body_bytes.ts";
import { readCspReports } from "../http/csp_report_body.ts";
import { decodeUtf8, isJsonType } from "../http/json_body.ts";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

const OLD_FORMAT = "application/csp-report";
const NEW_FORMAT = "application/reports+json";

/** Counts what both report formats say. */
export function reportCspRoute(deps: DepsOf<typeof reportCsp>): Route {
  return route(OPERATIONS.reportCsp, async ({ actor, context }) => {
    const format = formatOf(context.request.headers.get("content-type"));
    if (format === undefined) {
      const detail = `Send a report as ${OLD_FORMAT} or ${NEW_FORMAT}`;
      return refuse({ code: "unsupported_media_type", detail });
    }
    const bytes = await readBodyBytes(context.request, BODY_LIMIT_BYTES);
    if (!bytes.ok) {
      return refuse({ code: bytes.error.code === "too_large" ? "too_large" : "invalid_json" });
    }
    const text = decodeUtf8(bytes.value);
    if (text === undefined) return refuse({ code: "invalid_json" });
    await reportCsp(deps, actor, readCspReports(format, text));
    return reply(204, null);
  });
}

/** Some senders call the old format plain JSON. */
function formatOf(contentType: string | null): string | undefined {
  const bare = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  if (bare === OLD_FORMAT || bare === NEW_FORMAT) return bare;
  return isJsonType(contentType) ? OLD_FORMAT : undefined;
}
