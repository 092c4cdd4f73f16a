/**
 * What is measured, and what it is to reach.
 *
 * @see DESIGN, "What is measured"
 * @module
 */

/** What a figure is to reach: by the ratio to its floor, or by its own value where it has none. */
export interface Goal {
  readonly of: "ratio" | "value";
  readonly bound: "at_least" | "at_most";
  readonly number: number;
}

/** A figure. */
export interface Figure {
  /** What it is, and what its floor is, in words. */
  readonly title: string;
  readonly floorTitle: string;
  readonly unit: string;
  readonly goal: Goal;
}

function atLeast(number: number): Goal {
  return { of: "ratio", bound: "at_least", number };
}

function atMost(number: number): Goal {
  return { of: "ratio", bound: "at_most", number };
}

/** All figures, by the names that `--only` takes. */
export const FIGURES = {
  me: {
    title: "GET me, warm, all guards on",
    floorTitle: "bare Elysia route, same body, headers and CORS",
    unit: "requests/s",
    goal: atLeast(0.85),
  },
  me_cross_origin: {
    title: "GET me, called by an application of another origin",
    floorTitle: "the same bare route, called so too",
    unit: "requests/s",
    goal: atLeast(0.85),
  },
  me_better_auth: {
    title: "GET me",
    floorTitle: "Better Auth on Elysia and SQLite, its endpoint for it",
    unit: "requests/s",
    goal: atLeast(20),
  },
  me_better_auth_cached: {
    title: "GET me",
    floorTitle: "Better Auth, its endpoint with its cookie cache",
    unit: "requests/s",
    goal: atLeast(8),
  },
  login: {
    title: "password login",
    floorTitle: "bare argon2 verifications on all cores",
    unit: "logins/s",
    goal: atLeast(0.95),
  },
  storm: {
    title: "GET me, p99 in a login storm of 10 times capacity",
    floorTitle: "its p99 without",
    unit: "ms",
    goal: atMost(3),
  },
  refresh: {
    title: "refresh, 32 at once",
    floorTitle: "durable one-row transactions, one after another",
    unit: "refreshes/s",
    goal: atLeast(1.5),
  },
  chat: {
    title: "chat, messages that arrive at 50 members, stored before",
    floorTitle: "bare Bun publish of the same frames, stored nowhere",
    unit: "messages/s",
    goal: atLeast(0.6),
  },
  socket_memory: {
    title: "memory of an idle WebSocket, of 10,000",
    floorTitle: "bare Bun",
    unit: "KiB",
    goal: atMost(2),
  },
  revoke: {
    title: "end of 100 sessions to the last of their 10,000 WebSockets closed",
    floorTitle: "none",
    unit: "ms",
    goal: { of: "value", bound: "at_most", number: 1_000 },
  },
  start: {
    title: "start to listening, existing database",
    floorTitle: "bun starting a bare Elysia",
    unit: "ms",
    goal: atMost(3),
  },
  script: {
    title: "script of the sign-in page, in gzip",
    floorTitle: "none",
    unit: "KiB",
    goal: { of: "value", bound: "at_most", number: 150 },
  },
  memory: {
    title: "resident memory, idle, after start",
    floorTitle: "a bare Elysia",
    unit: "MiB",
    goal: atMost(2.5),
  },
  lists: {
    title: "first page of an administrator's list, the slowest in a large database",
    floorTitle: "the same list at 10,000 sessions and events",
    unit: "ms",
    goal: atMost(1.5),
  },
  me_at_scale: {
    title: "GET me in a large database",
    floorTitle: "the same at 100 users",
    unit: "requests/s",
    goal: atLeast(0.9),
  },
  login_at_scale: {
    title: "password login in a large database",
    floorTitle: "the same at 100 users",
    unit: "logins/s",
    goal: atLeast(0.9),
  },
} as const satisfies Record<string, Figure>;

/** Name of a figure. */
export type FigureName = keyof typeof FIGURES;

/** All names, in the order of the table. */
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];

/** Tells whether a figure reaches its goal. `ratio` is null where it has no floor. */
export function holds(goal: Goal, value: number, ratio: number | null): boolean {
  const reached = goal.of === "value" ? value : (ratio ?? Number.NaN);
  return goal.bound === "at_least" ? reached >= goal.number : reached <= goal.number;
}
