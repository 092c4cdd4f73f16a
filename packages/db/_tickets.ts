/**
 * Tickets: kept, and spent once.
 *
 * @module
 */

import type { SessionId } from "@postern/auth";
import type { ChatStore } from "@postern/chat";
import { cell, change } from "./_rows.ts";
import type { Writer } from "./writer.ts";

const KEEP = `
  INSERT INTO tickets (ticket_hash, session_id, origin, created_at, expires_at)
  SELECT ?, id, ?, ?, ? FROM sessions WHERE id = ? AND ended_at IS NULL
`;

const TAKE = `
  DELETE FROM tickets WHERE ticket_hash = ?
  RETURNING json_array(session_id, origin, expires_at)
`;

/** Keeping and spending tickets. */
export function tickets(writer: Writer): Pick<ChatStore, "keepTicket" | "takeTicket"> {
  return {
    keepTicket: (hash, { sessionId, origin }, { at, expiresAt }) =>
      writer.run(async (tx) => {
        await change(tx, KEEP, [hash, origin, at, expiresAt, sessionId]);
      }),
    takeTicket: (hash, now) =>
      writer.run(async (tx) => {
        const taken = await cell(tx, TAKE, [hash]);
        if (taken === undefined) return null;
        const [sessionId, origin, expiresAt] = JSON.parse(String(taken)) as Taken;
        return now < expiresAt ? { sessionId: sessionId as SessionId, origin } : null;
      }),
  };
}

type Taken = [sessionId: string, origin: string | null, expiresAt: number];
