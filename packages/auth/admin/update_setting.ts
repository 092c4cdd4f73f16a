/**
 * Changing a setting while the server runs.
 *
 * @module
 */

import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { LiveSetting } from "./live_settings.ts";

/** What to set, and what it is now. */
export interface UpdateSetting {
  readonly setting: LiveSetting;
  /** For the event: what is in force where nothing is stored. */
  readonly before: LiveSetting["value"];
}

/** Sets it. Whoever asks has seen to it that the environment does not set it. */
export async function updateSetting(
  deps: HasClock & HasStore,
  actor: Actor,
  { setting, before }: UpdateSetting,
): Promise<LiveSetting> {
  const at = deps.clock.now();
  return await deps.store.write(async (tx) => {
    await tx.putSetting(setting.name, String(setting.value));
    const details = { setting: setting.name, before, after: setting.value };
    const event = eventOf(actor, { at, action: "admin.settings.update", details });
    return { value: setting, event };
  });
}
