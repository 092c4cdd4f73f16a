/**
 * `create-owner`: prints a link that makes an owner.
 *
 * @module
 */

import { makeSetupLink } from "@postern/auth";
import type { Command } from "./command.ts";

/** `create-owner`. */
export const createOwnerCommand: Command = {
  name: "create-owner",
  usage: "",
  summary: "prints a link that makes an owner; it works once, for one hour",
  flags: {},
  async run({ core, actor, output }) {
    const { path, expiresAt } = await makeSetupLink(core, actor);
    const publicUrl = core.config.publicUrl ?? `http://localhost:${core.config.port}`;
    const setupUrl = `${publicUrl}${path}`;
    const until = new Date(expiresAt).toISOString();
    output.object({ setup_url: setupUrl, expires_at: until });
    output.say(`Open this in a browser until ${until}; it works once:\n\n  ${setupUrl}\n`);
    return 0;
  },
};
