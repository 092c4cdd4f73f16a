/**
 * People who sign up, and follow the link in their mail.
 *
 * @module
 */

import { tokenIn } from "../../support/deployment.ts";
import type { ReceivedMail, SmtpPeer } from "../../support/smtp_peer.ts";
import type { Holder } from "../ledger.ts";
import { attempt, isDone, isUnsure, judge, type Outcome } from "../outcome.ts";
import { AUTH, FIRST_PASSWORD, type World } from "../world.ts";

/** Mails by the address that they went to. */
export interface MailBox {
  /** The first that went there; nothing where there is none yet. */
  find(email: string): ReceivedMail | undefined;
}

/** Reads what arrives at a mail server. */
export function openMailBox(peer: SmtpPeer): MailBox {
  const byAddress = new Map<string, ReceivedMail>();
  let read = 0;
  return {
    find(email) {
      for (; read < peer.mails.length; read += 1) {
        const mail = peer.mails[read];
        const to = mail?.to[0];
        if (mail !== undefined && to !== undefined && !byAddress.has(to)) byAddress.set(to, mail);
      }
      return byAddress.get(email);
    },
  };
}

/** Whose mail has not come within this follows no link for now. */
const MAIL_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 50;

let names = 0;

/** Signs up somebody new, who becomes a holder if the mail comes soon. */
export async function signUpNewcomer(world: World, box: MailBox): Promise<Outcome> {
  names += 1;
  const username = `newcomer${names}`;
  const email = `${username}@example.com`;
  const visitor = world.deployment.visitor();
  const body = { email, username, password: FIRST_PASSWORD };
  const answer = await attempt(visitor.post(`${AUTH}/signup`, body));
  if (!isDone(answer)) return judge(answer, "POST signup");
  world.ledger.signups.add(email);
  const deadline = performance.now() + MAIL_WITHIN_MS;
  while (box.find(email) === undefined && performance.now() < deadline) {
    await Bun.sleep(LOOK_EVERY_MS);
  }
  const mail = box.find(email);
  if (mail === undefined) return judge(answer, "POST signup");
  const verified = await attempt(visitor.post(`${AUTH}/verify-email`, { token: tokenIn(mail) }));
  const holder: Holder = {
    username,
    email,
    passwords: [FIRST_PASSWORD],
    former: [],
    names: [null],
  };
  if (isDone(verified)) world.ledger.holders.push(holder);
  // Its link may have been spent: it is no longer known what the link does.
  if (isUnsure(verified)) world.ledger.signups.delete(email);
  return judge(verified, "POST verify-email");
}
