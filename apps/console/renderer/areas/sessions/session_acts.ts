/**
 * Ending sessions.
 *
 * @module
 */

import { type Acted, act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import type { SessionRow } from "../../calls/shapes.ts";

/** Ends one. One that is gone already is what was asked for. */
export async function endSession(
  session: Pick<SessionRow, "id" | "user">,
): Promise<Acted<unknown>> {
  const title = `End a session of ${session.user.username}`;
  const done = await act(title, () => api.sessions.end.mutate({ id: session.id }));
  await reloadArea("sessions", "users", "overview");
  return !done.ok && done.problem.code === "not_found" ? { ok: true, value: null } : done;
}
