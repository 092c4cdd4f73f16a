/**
 * Mails: promised in the transaction of what they tell.
 *
 * @module
 */

import {
  type AuthTx,
  giveUpAt,
  letterContext,
  type MailId,
  packLetter,
  type Sealer,
} from "@postern/auth";
import { type Random, uuidV7 } from "@postern/std";
import { change, rowKind } from "./_rows.ts";
import type { outbox } from "./schema/outbox.ts";
import type { WriterTx } from "./writer_tx.ts";

const OUTBOX = rowKind<Omit<typeof outbox.$inferSelect, "key_id">>("outbox", {
  id: true,
  kind: true,
  sealed: true,
  created_at: true,
  due_at: true,
  give_up_at: true,
  attempts: true,
  sent_at: true,
  dead_at: true,
  error_class: true,
});

/** What queueing a mail needs. */
export interface MailDeps {
  readonly sealer: Pick<Sealer, "seal">;
  readonly random: Random;
}

/** Queueing mails. */
export function mailWrites(tx: WriterTx, deps: MailDeps): Pick<AuthTx, "queueMail"> {
  return {
    queueMail: async (to, mail, at) => {
      const id = uuidV7(deps.random, at) as MailId;
      const row = {
        id,
        kind: mail.kind,
        sealed: deps.sealer.seal(letterContext(id), packLetter({ to, mail })),
        created_at: at,
        due_at: at,
        give_up_at: giveUpAt(mail, at),
        attempts: 0,
        sent_at: null,
        dead_at: null,
        error_class: null,
      };
      await change(tx, OUTBOX.insert, OUTBOX.values(row));
      tx.announce({ kind: "mail_queued" });
    },
  };
}
