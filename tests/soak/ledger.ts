/**
 * What the server has acknowledged, and what was found to be otherwise.
 *
 * Who acts writes down what was acknowledged, at once; at the end everything is looked up. What was asked
 * for and never answered may or may not have been done: both are right, and it is kept as unsure.
 *
 * @module
 */

/** Somebody with an account, and what is known of it. */
export interface Holder {
  readonly username: string;
  readonly email: string;
  /** What may be the password, the likeliest first: one that is sure, or two where a change got no answer. */
  passwords: readonly string[];
  /** What was the password, and opens nothing any more. */
  readonly former: string[];
  /** What may be the name. */
  names: readonly (string | null)[];
}

/** A credential that is worth nothing any more. */
export interface DeadCredential {
  /** How it ended, in words. */
  readonly how: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A message, as it was acknowledged. */
export interface SaidMessage {
  readonly id: string;
  readonly text: string;
}

/** What of broken promises is kept word for word; the others are counted. */
const KEPT_MAX = 50;

/** What was acknowledged. */
export class Ledger {
  /** Addresses whose signup was acknowledged: a mail goes to each. */
  readonly signups = new Set<string>();
  /** Accounts that were acknowledged. */
  readonly holders: Holder[] = [];
  readonly dead: DeadCredential[] = [];
  /** By conversation and position. */
  readonly messages = new Map<string, Map<number, SaidMessage>>();
  /** Ids of messages that were sent: nothing else may be there. By conversation. */
  readonly sent = new Map<string, Set<string>>();
  readonly counts = { passwordChanges: 0, refreshes: 0, signIns: 0, messages: 0, revocations: 0 };
  /** Promises that were broken, in words. */
  readonly broken: string[] = [];
  brokenCount = 0;

  /** Writes down a broken promise. */
  breaks(words: string): void {
    this.brokenCount += 1;
    if (this.broken.length < KEPT_MAX) this.broken.push(words);
  }

  /** A message that is on its way. */
  sends(conversation: string, id: string): void {
    const ids = this.sent.get(conversation) ?? new Set();
    this.sent.set(conversation, ids.add(id));
  }

  /** A message was acknowledged at a position. The same twice is no change; another there is a broken promise. */
  acknowledges(conversation: string, seq: number, message: SaidMessage): void {
    const log = this.messages.get(conversation) ?? new Map<number, SaidMessage>();
    this.messages.set(conversation, log);
    const there = log.get(seq);
    if (there !== undefined && there.id !== message.id) {
      this.breaks(`Message ${seq} of ${conversation} was acknowledged to two`);
    }
    if (there === undefined) this.counts.messages += 1;
    log.set(seq, message);
  }

  /** A password was changed for sure. */
  changesPassword(holder: Holder, to: string): void {
    this.learnsPassword(holder, to);
    this.counts.passwordChanges += 1;
  }

  /** Of those that may have been the password, this one was. */
  learnsPassword(holder: Holder, to: string): void {
    holder.former.push(...holder.passwords.filter((each) => each !== to));
    holder.passwords = [to];
  }

  /** A credential was ended for sure. */
  ends(credential: DeadCredential): void {
    this.dead.push(credential);
    this.counts.revocations += 1;
  }
}

/** Says what of a conversation is not as it was acknowledged, in words. */
export function compareHistory(
  ledger: Ledger,
  conversation: string,
  stored: readonly { readonly seq: number; readonly id: string; readonly text: string }[],
): readonly string[] {
  const wrong: string[] = [];
  const bySeq = new Map(stored.map((message) => [message.seq, message]));
  const ids = new Set(stored.map(({ id }) => id));
  if (ids.size !== stored.length) wrong.push("A message is stored twice");
  for (const [index, { seq, id }] of stored.entries()) {
    if (seq !== index + 1) wrong.push(`Message ${index + 1} is missing: ${seq} is in its place`);
    if (seq !== index + 1) break;
    if (ledger.sent.get(conversation)?.has(id) !== true) wrong.push(`Nobody sent message ${seq}`);
  }
  for (const [seq, { id, text }] of ledger.messages.get(conversation) ?? []) {
    const found = bySeq.get(seq);
    if (found === undefined) wrong.push(`Message ${seq}, acknowledged, is lost`);
    else if (found.id !== id || found.text !== text) wrong.push(`Message ${seq} is another one`);
  }
  return wrong;
}
