/**
 * `limits`: addresses that are kept out, for whoever has shut out everybody, themselves too.
 *
 * @module
 */

import { type AddressBlock, unblockAddress } from "@postern/auth";
import { countFlag, textFlag } from "./arguments.ts";
import type { Command } from "./command.ts";
import { CommandError, table } from "./output.ts";

const LIST_DEFAULT = 50;
const LIST_MOST = 200;

/** `limits list-blocks`. */
export const listBlocksCommand: Command = {
  name: "limits list-blocks",
  usage: "[--limit n] [--cursor next]",
  summary: "lists the addresses that are kept out, newest first",
  flags: { limit: "text", cursor: "text" },
  async run({ core, given, output }) {
    const limit = countFlag(given, "limit", { least: 1, most: LIST_MOST, default: LIST_DEFAULT });
    const page = { limit, after: textFlag(given, "cursor") };
    const found = await core.store.listAddressBlocks(core.clock.now(), page);
    const shapes = found.items.map(shapeOf);
    for (const shape of shapes) output.object(shape);
    if (shapes.length === 0) output.say("No addresses are kept out.");
    else {
      const rows = shapes.map(({ cidr, until, created_at, reason }) => [
        cidr,
        until ?? "until it is lifted",
        created_at,
        reason ?? "-",
      ]);
      output.say(table(["addresses", "until", "since", "reason"], rows));
    }
    if (found.next !== null) output.say(`\nMore: --cursor ${found.next}`);
    return 0;
  },
};

/** `limits unblock`. */
export const unblockAddressCommand: Command = {
  name: "limits unblock",
  usage: "<address or range, as it is listed>",
  summary: "lets a range of addresses in again",
  flags: {},
  async run({ core, actor, given, output }) {
    const [cidr = "", ...rest] = given.words;
    if (cidr === "" || rest.length > 0) {
      throw new CommandError("Name one range, as `limits list-blocks` does", { code: "usage" });
    }
    const result = await unblockAddress(core, actor, { cidr });
    if (!result.ok) {
      const { code, detail = `${cidr} cannot be unblocked` } = result.error;
      throw new CommandError(detail, { code });
    }
    output.object(shapeOf(result.value));
    output.say(`${result.value.cidr} is let in again.`);
    return 0;
  },
};

function shapeOf({ cidr, reason, createdAt, until }: AddressBlock) {
  return {
    cidr,
    reason,
    created_at: new Date(createdAt).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
  };
}
