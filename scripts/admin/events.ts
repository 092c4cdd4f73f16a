/**
 * `events` and `audit verify`: reading the audit log and checking its chain.
 *
 * @module
 */

import { type Action, type AuditEvent, findNamedUser, isAction, verifyChain } from "@postern/auth";
import { type Arguments, countFlag, textFlag, timeFlag } from "./arguments.ts";
import type { Command, CommandInput } from "./command.ts";
import { CommandError, checkedPage, endProgress, table } from "./output.ts";

const LIST_DEFAULT = 50;
const LIST_MOST = 1_000;

/** `events`. */
export const listEventsCommand: Command = {
  name: "events",
  usage:
    "[--user name] [--action name] [--ip address] [--success true|false] [--since time] [--until time] [--limit n] [--cursor next]",
  summary: "lists events, newest first",
  flags: {
    user: "text",
    action: "text",
    ip: "text",
    success: "text",
    since: "text",
    until: "text",
    limit: "text",
    cursor: "text",
  },
  async run(input) {
    const { core, given, output } = input;
    const limit = countFlag(given, "limit", { least: 1, most: LIST_MOST, default: LIST_DEFAULT });
    const page = { limit, after: textFlag(given, "cursor") };
    const found = checkedPage(await core.store.listEvents(await filterOf(input), page));
    for (const event of found.items) output.object(shapeOf(event));
    if (found.items.length === 0) output.say("No events.");
    else
      output.say(
        table(
          ["id", "at", "action", "user", "actor", "address", "success"],
          found.items.map(rowOf),
        ),
      );
    if (found.next !== null) output.say(`\nMore: --cursor ${found.next}`);
    return 0;
  },
};

/** `audit verify`. */
export const verifyAuditCommand: Command = {
  name: "audit verify",
  usage: "",
  summary: "checks that no event was changed, removed or put in between",
  flags: {},
  async run({ core, output }) {
    const report = await verifyChain(core, (checked) =>
      output.progress(`${checked} events checked`),
    );
    endProgress();
    const firstBad = report.firstBad === null ? null : String(report.firstBad);
    output.object({ ok: report.ok, checked: report.checked, first_bad: firstBad });
    output.say(
      report.ok
        ? `The chain holds: ${report.checked} events.`
        : `The chain is broken at event ${firstBad}; the ${report.checked} before it hold.`,
    );
    return report.ok ? 0 : 1;
  },
};

async function filterOf({ core, given }: CommandInput) {
  const now = core.clock.now();
  return {
    userId: await userIdOf({ core, given }),
    action: actionOf(given),
    ip: textFlag(given, "ip"),
    success: successOf(given),
    since: timeFlag(given, "since", { now, ahead: false }),
    until: timeFlag(given, "until", { now, ahead: false }),
  };
}

async function userIdOf({ core, given }: Pick<CommandInput, "core" | "given">) {
  const name = textFlag(given, "user");
  if (name === undefined) return undefined;
  const user = await findNamedUser(core, name);
  if (user === null) throw new CommandError("There is no such user", { code: "not_found" });
  return user.id;
}

function actionOf(given: Arguments): Action | undefined {
  const action = textFlag(given, "action");
  if (action === undefined || isAction(action)) return action;
  throw new CommandError(`There is no action ${action}: see docs/events.md`, { code: "usage" });
}

function successOf(given: Arguments): boolean | undefined {
  const text = textFlag(given, "success");
  if (text === undefined) return undefined;
  if (text === "true" || text === "false") return text === "true";
  throw new CommandError("Cannot read --success: give true or false", { code: "usage" });
}

function shapeOf(event: AuditEvent) {
  const { actorId, actorName } = event;
  return {
    id: String(event.seq),
    at: new Date(event.at).toISOString(),
    action: event.action,
    actor: {
      type: event.actorType,
      ...(actorId === null ? {} : { id: String(actorId) }),
      ...(actorName === null ? {} : { username: actorName }),
    },
    user: event.userId === null ? null : { id: String(event.userId), username: event.username },
    ip: event.ip,
    user_agent: event.userAgent,
    success: event.success,
    details: event.details,
    request_id: event.requestId,
  };
}

function rowOf(event: AuditEvent): readonly string[] {
  return [
    String(event.seq),
    new Date(event.at).toISOString(),
    event.action,
    event.username ?? "-",
    event.actorName ?? event.actorType,
    event.ip ?? "-",
    event.success ? "yes" : "no",
  ];
}
