/**
 * A command of the operator's.
 *
 * @module
 */

import type { OperatorActor } from "@postern/auth";
import type { Core } from "@postern/server/compose.ts";
import type { Arguments, Flags } from "./arguments.ts";
import type { Output } from "./output.ts";

/** What a command is run with. */
export interface CommandInput {
  readonly core: Core;
  readonly actor: OperatorActor;
  readonly given: Arguments;
  readonly output: Output;
}

/** One command. */
export interface Command {
  /** What is typed, such as `users block`. */
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: Flags;
  /** @returns the exit code. */
  run(input: CommandInput): Promise<number>;
}
