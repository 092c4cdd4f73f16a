/**
 * What a limit would have done, had it been as a draft says: decisions of the last day, replayed.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { AuditEvent } from "../events/event.ts";
import type { Decision, HasDecisions } from "../limits/decisions.ts";
import { countOne, type RateRule } from "../limits/gcra.ts";
import type { LimitScope } from "../limits/limit.ts";
import type { HasStore } from "../ports.ts";
import { type AddressRange, addressBits, readRange } from "./address_range.ts";
import type { UpdateLimit } from "./update_limit.ts";

/** Most sign-ins that are looked at for those who signed in later. */
const SIGN_INS_MAX = 10_000;

/** Sign-ins in one reading. */
const PAGE = 1_000;

/** Most e-mail addresses that are looked up. */
const LOOKED_UP_MAX = 200;

/** What a draft would have done. */
export interface DryRun {
  /** Decisions that were replayed. */
  readonly decisions: number;
  /** The time of the first of them; null where there is none. */
  readonly from: EpochMs | null;
  /** How many of them were refused. */
  readonly refused: number;
  /** How many the draft would have refused. */
  readonly wouldRefuse: number;
  /** Of those, how many were somebody's who signed in afterwards: who was likely no attacker. */
  readonly signedInLater: number;
  /** Whom it would have refused. */
  readonly subjects: number;
}

/** Replays what a limit decided through a draft of it. */
export async function dryRunLimit(
  deps: HasStore & HasDecisions,
  draft: UpdateLimit,
): Promise<Result<DryRun, { readonly code: "not_found" }>> {
  const limit = (await deps.store.listLimits()).find(({ id }) => id === draft.id);
  if (limit === undefined) return err({ code: "not_found" });
  const rule = { count: draft.count ?? limit.count, windowMs: draft.windowMs ?? limit.windowMs };
  const decisions = deps.decisions.decisions(limit.id);
  const isOn = draft.enabled ?? limit.enabled;
  const refusals = isOn ? replay(decisions, rule) : [];
  const from = decisions[0]?.at ?? null;
  const signedInAt = await findSignIns(deps, { refusals, from, scope: limit.scope });
  return ok({
    decisions: decisions.length,
    from,
    refused: decisions.filter(({ isAllowed }) => !isAllowed).length,
    wouldRefuse: refusals.length,
    signedInLater: refusals.filter(({ subject, at }) => signedInAt(subject) > at).length,
    subjects: new Set(refusals.map(({ subject }) => subject)).size,
  });
}

/** Those that a rule would have refused. */
function replay(decisions: readonly Decision[], rule: RateRule): readonly Decision[] {
  const spent = new Map<string, number>();
  return decisions.filter(({ subject, at }) => {
    const step = countOne(rule, spent.get(subject), at);
    spent.set(subject, step.spentUntilUs);
    return !step.count.allowed;
  });
}

interface Refused {
  readonly refusals: readonly Decision[];
  readonly from: EpochMs | null;
  readonly scope: LimitScope;
}

/** Finds when somebody last signed in, 0 for never, among the newest sign-ins. */
async function findSignIns(
  deps: HasStore,
  { refusals, from, scope }: Refused,
): Promise<(subject: string) => number> {
  if (refusals.length === 0 || from === null || scope === "connection") return () => 0;
  const subjects = [...new Set(refusals.map(({ subject }) => subject))];
  const nameOf = scope === "address" ? addressNames : await userNames(deps, subjects);
  const found = new Map<string, EpochMs>();
  let after: string | undefined;
  for (let read = 0; read < SIGN_INS_MAX; read += PAGE) {
    const filter = { action: "login", since: from };
    const page = await deps.store.listEvents(filter, { limit: PAGE, after });
    for (const event of page.items) {
      for (const name of namesOf(event)) if (!found.has(name)) found.set(name, event.at);
    }
    if (page.next === null) break;
    after = page.next;
  }
  return (subject) => found.get(nameOf(subject) ?? "") ?? 0;
}

/** By what a sign-in may be found: its address, that address's /64, its user. */
function namesOf({ ip, userId, username }: AuditEvent): readonly string[] {
  const bits = ip === null ? undefined : addressBits(ip);
  const addresses = bits === undefined ? [] : [bits, bits.slice(0, 64)];
  return [...addresses, `user:${userId}`, `name:${username}`];
}

function addressNames(subject: string): string | undefined {
  const range: AddressRange | undefined = readRange(subject);
  return range?.bits.slice(0, range.prefix);
}

/** A subject is `user:<id>`, or a name as it was typed, which may be an e-mail address. */
async function userNames(deps: HasStore, subjects: readonly string[]) {
  const typed = subjects.filter((subject) => subject.includes("@")).slice(0, LOOKED_UP_MAX);
  const users = await Promise.all(typed.map((email) => deps.store.findUserByEmail(email)));
  const ids = new Map(typed.map((email, index) => [email, users[index]?.id]));
  return (subject: string): string | undefined => {
    if (subject.startsWith("user:")) return subject;
    if (!subject.includes("@")) return `name:${subject}`;
    const id = ids.get(subject);
    return id === undefined ? undefined : `user:${id}`;
  };
}
