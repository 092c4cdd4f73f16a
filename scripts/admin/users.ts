/**
 * `users`: finding, blocking and signing out users.
 *
 * @module
 */

import {
  blockUser,
  findNamedUser,
  isBlocked,
  signOutUser,
  type User,
  unblockUser,
} from "@postern/auth";
import { countFlag, textFlag, timeFlag } from "./arguments.ts";
import type { Command, CommandInput } from "./command.ts";
import { CommandError, checkedPage, counted, table } from "./output.ts";

const LIST_DEFAULT = 50;
const LIST_MOST = 200;

/** `users list`. */
export const listUsersCommand: Command = {
  name: "users list",
  usage: "[--query words] [--limit n] [--cursor next]",
  summary: "lists users, newest first",
  flags: { query: "text", limit: "text", cursor: "text" },
  async run({ core, given, output }) {
    const limit = countFlag(given, "limit", { least: 1, most: LIST_MOST, default: LIST_DEFAULT });
    const page = { limit, after: textFlag(given, "cursor") };
    const found = checkedPage(await core.store.listUsers(textFlag(given, "query"), page));
    const now = core.clock.now();
    for (const user of found.items) output.object(shapeOf(user, isBlocked(user, now)));
    if (found.items.length === 0) output.say("No users.");
    else {
      const rows = found.items.map((user) => rowOf(user, isBlocked(user, now)));
      output.say(table(["id", "username", "email", "state", "created"], rows));
    }
    if (found.next !== null) output.say(`\nMore: --cursor ${found.next}`);
    return 0;
  },
};

/** `users show`. */
export const showUserCommand: Command = {
  name: "users show",
  usage: "<username, e-mail or id>",
  summary: "shows one user with the sessions that are live",
  flags: {},
  async run(input) {
    const { core, output } = input;
    const user = await namedUser(input);
    const now = core.clock.now();
    const sessions = await core.store.listSessions(user.id, now, { limit: LIST_MOST });
    const shape = shapeOf(user, isBlocked(user, now));
    const live = sessions.items.map((session) => ({
      id: session.id,
      kind: session.kind,
      created_at: timestamp(session.createdAt),
      last_seen_at: timestamp(session.seenAt),
      ip: session.ip,
      user_agent: session.userAgent,
    }));
    output.object({ ...shape, sessions: live });
    for (const [name, value] of Object.entries(shape))
      output.say(`${name.padEnd(16)}${value ?? "-"}`);
    const rows = live.map((one) => [
      one.id,
      one.kind,
      one.last_seen_at,
      one.ip ?? "-",
      one.user_agent ?? "-",
    ]);
    output.say(
      live.length === 0
        ? "\nNo live sessions."
        : `\n${table(["session", "kind", "last seen", "address", "user agent"], rows)}`,
    );
    return 0;
  },
};

/** `users block`. */
export const blockUserCommand: Command = {
  name: "users block",
  usage: "<username, e-mail or id> [--reason text] [--until time or span]",
  summary: "keeps a user out and ends the user's sessions",
  flags: { reason: "text", until: "text" },
  async run(input) {
    const { core, actor, given, output } = input;
    const user = await namedUser(input);
    const until = timeFlag(given, "until", { now: core.clock.now(), ahead: true }) ?? null;
    const reason = textFlag(given, "reason") ?? null;
    const result = await blockUser(core, actor, { id: user.id, reason, until });
    if (!result.ok) {
      if (result.error.code !== "invalid_request") throw refused(result.error.code);
      const detail = result.error.errors.map((problem) => problem.detail).join("; ");
      throw new CommandError(detail, { code: result.error.code });
    }
    const blocked = result.value.user;
    output.object({
      ...shapeOf(blocked, isBlocked(blocked, core.clock.now())),
      sessions_ended: result.value.sessionsEnded,
    });
    const end = until === null ? "" : ` until ${timestamp(until)}`;
    output.say(
      `${user.username} is blocked${end}; ${counted(result.value.sessionsEnded, "session")} ended.`,
    );
    return 0;
  },
};

/** `users unblock`. */
export const unblockUserCommand: Command = {
  name: "users unblock",
  usage: "<username, e-mail or id>",
  summary: "lets a blocked user in again",
  flags: {},
  async run(input) {
    const { core, actor, output } = input;
    const user = await namedUser(input);
    const result = await unblockUser(core, actor, { id: user.id });
    if (!result.ok) throw refused(result.error.code);
    output.object(shapeOf(result.value, isBlocked(result.value, core.clock.now())));
    output.say(`${user.username} can sign in again.`);
    return 0;
  },
};

/** `users sign-out`. */
export const signOutUserCommand: Command = {
  name: "users sign-out",
  usage: "<username, e-mail or id>",
  summary: "ends all of a user's sessions",
  flags: {},
  async run(input) {
    const { core, actor, output } = input;
    const user = await namedUser(input);
    const result = await signOutUser(core, actor, { id: user.id });
    if (!result.ok) throw refused(result.error.code);
    output.object({
      id: String(user.id),
      username: user.username,
      sessions_ended: result.value.sessionsEnded,
    });
    output.say(
      `${user.username} is signed out; ${counted(result.value.sessionsEnded, "session")} ended.`,
    );
    return 0;
  },
};

async function namedUser({ core, given }: CommandInput): Promise<User> {
  const [name, ...rest] = given.words;
  if (name === undefined || rest.length > 0) {
    throw new CommandError("Name one user, by username, e-mail address or id", { code: "usage" });
  }
  const user = await findNamedUser(core, name);
  if (user === null) throw notFound();
  return user;
}

function refused(code: string): CommandError {
  if (code === "not_found") return notFound();
  const detail = "This is the last owner who can sign in; make another one first";
  return new CommandError(detail, { code });
}

function notFound(): CommandError {
  return new CommandError("There is no such user", { code: "not_found" });
}

function shapeOf(user: User, blocked: boolean) {
  return {
    id: String(user.id),
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    name: user.name,
    role: user.role,
    state: blocked ? "blocked" : "active",
    blocked_until: user.blockedUntil === null ? null : timestamp(user.blockedUntil),
    block_reason: user.blockReason,
    created_at: timestamp(user.createdAt),
  };
}

function rowOf(user: User, blocked: boolean): readonly string[] {
  const state = blocked ? "blocked" : (user.role ?? "active");
  return [String(user.id), user.username, user.email, state, timestamp(user.createdAt)];
}

function timestamp(at: number): string {
  return new Date(at).toISOString();
}
