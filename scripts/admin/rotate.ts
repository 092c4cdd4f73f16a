/**
 * `rotate`: a ring's next key becomes its current one; with `--compromise`, a key is dropped at once.
 *
 * @module
 */

import { type KeyId, RINGS, type Ring, resealSecrets, rotateKeys } from "@postern/auth";
import type { Core } from "@postern/server/compose.ts";
import { textFlag } from "./arguments.ts";
import type { Command } from "./command.ts";
import { CommandError, counted, endProgress, type Output } from "./output.ts";

/** `rotate`. */
export const rotateCommand: Command = {
  name: "rotate",
  usage: "<signing | cookies | secrets> [--compromise [--key id]]",
  summary: "rotates a ring; with --compromise drops a key at once and ends what it signed",
  flags: { compromise: "switch", key: "text" },
  async run({ core, actor, given, output }) {
    const ring = ringOf(given.words);
    const key = textFlag(given, "key");
    const isCompromise = given.flags["compromise"] === true;
    if (key !== undefined && !isCompromise) {
      throw new CommandError("--key goes with --compromise", { code: "usage" });
    }
    const compromised = isCompromise ? ((key ?? "current") as KeyId | "current") : undefined;
    const deps = { clock: core.clock, store: core.store, keyMaker: core.rings.maker };
    const result = await rotateKeys(deps, actor, { ring, compromised });
    if (!result.ok) {
      const detail =
        result.error.code === "not_found"
          ? `The ring ${ring} has no key ${key} that is in use`
          : `The ring ${ring} was rotated by somebody else at the same moment; look and repeat`;
      throw new CommandError(detail, { code: result.error.code });
    }
    const { current, previous, ends } = result.value;
    output.object({ ring, current, previous, ends });
    output.say(
      current === previous || (key !== undefined && key !== previous)
        ? `${ring}: ${key} is dropped; ${current} is current as before.`
        : `${ring}: ${current} is current now; it was ${previous}.`,
    );
    if (isCompromise) {
      output.say(`Ended: ${counted(ends.sessions, "session")}, ${counted(ends.tokens, "token")}.`);
    } else output.say("Nobody was signed out.");
    await core.rings.reload();
    await sealAnew(core, output);
    return 0;
  },
};

/** Whatever ends this in between, a running server goes on with it. */
async function sealAnew(core: Core, output: Output): Promise<void> {
  const sealed = await resealSecrets(core, ({ done, left }) => {
    output.progress(
      `Sealing anew: ${counted(done, "secret")} done, ${counted(left, "secret")} left`,
    );
  });
  endProgress();
  const { done, lost, left } = sealed;
  if (done > 0) output.say(`Sealed anew: ${counted(done, "secret")}.`);
  if (lost > 0) output.say(`Dropped, since they did not open: ${counted(lost, "secret")}.`);
  if (left > 0)
    output.say(`Left: ${counted(left, "secret")}; a running server seals the rest anew.`);
}

function ringOf(words: readonly string[]): Ring {
  const [name, ...rest] = words;
  const ring = RINGS.find((one) => one === name);
  if (ring !== undefined && rest.length === 0) return ring;
  throw new CommandError(`Name one ring: ${RINGS.join(", ")}`, { code: "usage" });
}
