/**
 * Changing a setting while the server runs.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { LiveSetting } from "./live_settings.ts";

/** What to set, and what it is now. */
export interface UpdateSetting {
  readonly setting: LiveSetting;
  /** For the event: what is in force where nothing is stored. */
  readonly before: LiveSetting["value"];
  /** What was shown: refused where another is in force by now. */
  readonly expected?: LiveSetting["value"] | undefined;
}

/** Sets it. Whoever asks has seen to it that the environment does not set it. */
export async function updateSetting(
  deps: HasClock & HasStore,
  actor: Actor,
  { setting, before, expected }: UpdateSetting,
): Promise<Result<LiveSetting, { readonly code: "conflict" }>> {
  const at = deps.clock.now();
  return await deps.store.write<Result<LiveSetting, { readonly code: "conflict" }>>(async (tx) => {
    // What another instance stored a moment ago may not be in force here yet.
    const stored = (await tx.readSettings()).get(setting.name) ?? String(before);
    if (expected !== undefined && stored !== String(expected)) {
      const details = { setting: setting.name, before: stored, refused: "conflict" };
      const facts = { at, action: "admin.settings.update", success: false, details } as const;
      return { value: err({ code: "conflict" }), event: eventOf(actor, facts) };
    }
    await tx.putSetting(setting.name, String(setting.value));
    const details = { setting: setting.name, before, after: setting.value };
    const event = eventOf(actor, { at, action: "admin.settings.update", details });
    return { value: ok(setting), event };
  });
}
