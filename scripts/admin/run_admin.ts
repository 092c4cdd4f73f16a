/**
 * Finds the command that was typed, runs it, and tells why it could not.
 *
 * @module
 */

import { userInfo } from "node:os";
import type { OperatorActor } from "@postern/auth";
import { openCore } from "@postern/server/compose.ts";
import { readConfig } from "@postern/server/config.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { createOwnerCommand } from "./create_owner.ts";
import { doctorCommand } from "./doctor.ts";
import { listEventsCommand, verifyAuditCommand } from "./events.ts";
import { listBlocksCommand, unblockAddressCommand } from "./limits.ts";
import { CommandError, createOutput, printFailure } from "./output.ts";
import {
  createProviderCommand,
  replaceSecretCommand,
  updateProviderCommand,
} from "./provider_edits.ts";
import {
  checkProviderCommand,
  deleteProviderCommand,
  disableProviderCommand,
  enableProviderCommand,
  listProvidersCommand,
} from "./providers.ts";
import { rotateCommand } from "./rotate.ts";
import {
  blockUserCommand,
  listUsersCommand,
  showUserCommand,
  signOutUserCommand,
  unblockUserCommand,
} from "./users.ts";

const COMMANDS: readonly Command[] = [
  createOwnerCommand,
  listUsersCommand,
  showUserCommand,
  blockUserCommand,
  unblockUserCommand,
  signOutUserCommand,
  listProvidersCommand,
  createProviderCommand,
  updateProviderCommand,
  replaceSecretCommand,
  enableProviderCommand,
  disableProviderCommand,
  checkProviderCommand,
  deleteProviderCommand,
  listBlocksCommand,
  unblockAddressCommand,
  listEventsCommand,
  verifyAuditCommand,
  rotateCommand,
  doctorCommand,
];

/** Runs the command that was typed. Returns its exit code. */
export async function runAdmin(typed: readonly string[]): Promise<number> {
  const isJson = typed.includes("--json");
  if (typed.length === 0 || typed[0] === "help" || typed.includes("--help")) {
    process.stdout.write(help());
    return typed.length === 0 ? 1 : 0;
  }
  try {
    const found = findCommand(typed);
    if (found === undefined) {
      throw new CommandError(`${faultOf(typed)}; see: bun run admin help`, { code: "usage" });
    }
    return await run(found.command, found.rest, isJson);
  } catch (error) {
    const { code, message } = failureOf(error);
    printFailure(isJson, code, message);
    return 1;
  }
}

/** What nobody expected is told in one line too. */
function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof CommandError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "internal", message: message.replaceAll(/\s+/g, " ") };
}

async function run(command: Command, typed: readonly string[], isJson: boolean): Promise<number> {
  const given = readArguments(typed, command.flags);
  const config = readConfig(process.env);
  if (!config.ok) throw new CommandError(config.error.join("\n"), { code: "configuration" });
  const core = await openCore(config.value);
  if (!core.ok) throw new CommandError(core.error.message, { code: core.error.code });
  try {
    const output = createOutput(isJson);
    return await command.run({ core: core.value, actor: operator(), given, output });
  } finally {
    await core.value.close();
  }
}

/** The words that were taken for a command's name. */
function faultOf(typed: readonly string[]): string {
  const words = typed.filter((word) => !word.startsWith("-")).slice(0, 2);
  return words.length === 0 ? "Name a command" : `There is no command ${words.join(" ")}`;
}

function findCommand(
  typed: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const words = typed.filter((word) => word !== "--json");
  for (const command of COMMANDS) {
    const name = command.name.split(" ");
    if (name.every((word, index) => words[index] === word)) {
      return { command, rest: words.slice(name.length) };
    }
  }
  const isUsersAlone =
    words[0] === "users" && (words.length === 1 || words[1]?.startsWith("-") === true);
  return isUsersAlone ? { command: listUsersCommand, rest: words.slice(1) } : undefined;
}

function operator(): OperatorActor {
  return {
    type: "operator",
    username: loginName(),
    requestId: crypto.randomUUID(),
    ip: null,
    userAgent: null,
  };
}

/** Bun tells no login name where the environment has none. */
function loginName(): string {
  const { username } = userInfo();
  if (username !== "unknown") return username;
  return process.env["USER"] ?? process.env["LOGNAME"] ?? `uid ${process.getuid?.() ?? "?"}`;
}

function help(): string {
  const lines = COMMANDS.map((command) => {
    const call = `${command.name} ${command.usage}`.trimEnd();
    return `  ${call}\n      ${command.summary}`;
  });
  return `bun run admin <command> [--json]\n\n${lines.join("\n")}\n\n  Spans such as 30m, 2h and 7d are accepted for times.\n`;
}
