/**
 * Visits to providers: kept, and spent once.
 *
 * @module
 */

import type { AuthTx, Flow, ProviderBookkeeping, SessionId, UserId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { cell, change, rowKind } from "./_rows.ts";
import type { flows } from "./schema/flows.ts";
import type { Writer } from "./writer.ts";
import type { WriterTx } from "./writer_tx.ts";

type FlowRow = typeof flows.$inferSelect;

const FLOWS = rowKind<FlowRow>("flows", {
  state_hash: true,
  provider_id: true,
  issuer: true,
  sealed_secrets: true,
  browser_hash: true,
  next: true,
  link_user_id: true,
  link_session_id: true,
  created_at: true,
  expires_at: true,
});

const TAKE = `DELETE FROM flows WHERE state_hash = ? AND expires_at > ? RETURNING ${FLOWS.json}`;

const FORGET_ALL = "DELETE FROM flows";

/** Forgetting visits. */
export function flowWrites(tx: WriterTx): Pick<AuthTx, "forgetFlows"> {
  return {
    forgetFlows: async () => {
      await change(tx, FORGET_ALL, []);
    },
  };
}

/** Keeping and spending visits. */
export function visits(writer: Writer): Pick<ProviderBookkeeping, "keepFlow" | "takeFlow"> {
  return {
    keepFlow: (flow) =>
      writer.run(async (tx) => {
        await change(tx, FLOWS.insert, FLOWS.values(flowRow(flow)));
      }),
    takeFlow: (stateHash, now) =>
      writer.run(async (tx) => {
        const taken = await cell(tx, TAKE, [stateHash, now]);
        return taken === undefined ? null : readFlow(taken);
      }),
  };
}

function flowRow(flow: Flow): FlowRow {
  return {
    state_hash: flow.stateHash,
    provider_id: flow.providerId,
    issuer: flow.issuer,
    sealed_secrets: flow.sealedSecrets,
    browser_hash: flow.browserHash,
    next: flow.next,
    link_user_id: flow.link?.userId ?? null,
    link_session_id: flow.link?.sessionId ?? null,
    created_at: flow.createdAt,
    expires_at: flow.expiresAt,
  };
}

function readFlow(json: unknown): Flow {
  const row = FLOWS.read(json);
  const { link_user_id: userId, link_session_id: sessionId } = row;
  const isLink = userId !== null && sessionId !== null;
  return {
    stateHash: row.state_hash,
    providerId: row.provider_id,
    issuer: row.issuer,
    sealedSecrets: row.sealed_secrets,
    browserHash: row.browser_hash,
    next: row.next,
    link: isLink ? { userId: userId as UserId, sessionId: sessionId as SessionId } : null,
    createdAt: epochMs(row.created_at),
    expiresAt: epochMs(row.expires_at),
  };
}
