/**
 * What limits decided lately: kept in memory, of each limit the newest 50,000 of the last day.
 *
 * On the hot path a decision costs three writes into arrays, which grow with use and then go round.
 * A busy limit's decisions reach back less than a day.
 *
 * @module
 */

import type { Counted, Decision, Held, LimitId } from "@postern/auth";
import { before, type Clock, days, type EpochMs, epochMs } from "@postern/std";
import type { WrittenBook } from "../decision_book_port.ts";

/** Decisions that are kept of one limit: some 4 MB of a limit that counts addresses. */
const KEPT_MAX = 50_000;

/** How long decisions count. */
const KEPT_MS = days(1);

/** Room that a limit begins with. */
const FIRST_ROOM = 256;

/** Callers that are remembered as held back, of one limit. */
const HELD_MAX = 1_000;

/** Callers that are shown. */
const SHOWN = 50;

/** Makes an empty book. */
export function createDecisionBook(clock: Clock): WrittenBook {
  const pages = new Map<LimitId, Page>();

  function pageOf(limit: LimitId): Page {
    const found = pages.get(limit) ?? new Page();
    pages.set(limit, found);
    return found;
  }

  return {
    note({ limit, subject, retryAfterMs }) {
      pageOf(limit).add(subject, clock.now(), retryAfterMs);
    },
    release: (limit, subject) => void pages.get(limit)?.held.delete(subject),
    decisions: (limit) => pages.get(limit)?.since(before(clock.now(), KEPT_MS)) ?? [],
    pressure(limit, windowMs) {
      const now = clock.now();
      const page = pages.get(limit);
      const recent = page?.since(before(now, windowMs)) ?? [];
      const allowed = recent.filter(({ isAllowed }) => isAllowed).length;
      const busiest = countBySubject(recent);
      return { allowed, refused: recent.length - allowed, busiest, held: page?.heldAt(now) ?? [] };
    },
  };
}

/** Decisions of one limit, going round. */
class Page {
  readonly held = new Map<string, Held>();
  /** Negative where the call was refused. */
  #times = new Float64Array(FIRST_ROOM);
  readonly #subjects: string[] = [];
  #next = 0;
  #length = 0;

  add(subject: string, at: EpochMs, retryAfterMs: number): void {
    if (this.#next === this.#times.length) this.#makeRoom();
    this.#times[this.#next] = retryAfterMs > 0 ? -at : at;
    this.#subjects[this.#next] = subject;
    this.#next += 1;
    this.#length = Math.min(this.#length + 1, this.#times.length);
    if (retryAfterMs > 0) this.#hold(subject, at, retryAfterMs);
  }

  /** From a time on, oldest first. */
  since(at: number): readonly Decision[] {
    const found: Decision[] = [];
    for (let back = 1; back <= this.#length; back += 1) {
      const decision = this.#read(back);
      if (decision.at < at) break;
      found.push(decision);
    }
    return found.reverse();
  }

  heldAt(now: EpochMs): readonly Held[] {
    return [...this.held.values()]
      .filter(({ until }) => until > now)
      .sort((a, b) => b.refused - a.refused)
      .slice(0, SHOWN);
  }

  /** The last is 1. */
  #read(back: number): Decision {
    const room = this.#times.length;
    const index = (this.#next - back + room) % room;
    const time = this.#times[index] ?? 0;
    const subject = this.#subjects[index] ?? "";
    return { at: epochMs(Math.abs(time)), subject, isAllowed: time > 0 };
  }

  /** Twice as much, until there is enough: then the oldest gives way. */
  #makeRoom(): void {
    if (this.#times.length >= KEPT_MAX) {
      this.#next = 0;
      return;
    }
    const grown = new Float64Array(Math.min(this.#times.length * 2, KEPT_MAX));
    grown.set(this.#times);
    this.#times = grown;
  }

  #hold(subject: string, at: EpochMs, retryAfterMs: number): void {
    const known = this.held.get(subject);
    const isNew = known === undefined || known.until < at;
    const until = epochMs(at + retryAfterMs);
    if (isNew && this.held.size >= HELD_MAX) this.#forgetOneHeld();
    this.held.delete(subject);
    this.held.set(subject, {
      subject,
      refused: isNew ? 1 : known.refused + 1,
      since: isNew ? at : known.since,
      until,
    });
  }

  /** The one that was refused longest ago. */
  #forgetOneHeld(): void {
    const [first] = this.held.keys();
    if (first !== undefined) this.held.delete(first);
  }
}

function countBySubject(decisions: readonly Decision[]): readonly Counted[] {
  const counts = new Map<string, number>();
  for (const { subject } of decisions) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return [...counts]
    .map(([subject, count]) => ({ subject, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, SHOWN);
}
