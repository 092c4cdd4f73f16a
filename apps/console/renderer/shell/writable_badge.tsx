/**
 * Whether changes are let through, and the way to let them.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { bridge } from "../calls/api.ts";
import { toasts } from "../calls/toasts.ts";
import { currentProfile, useConsole } from "../state/console_state.ts";

/** Draws it for servers that start read-only. */
export function WritableBadge() {
  const state = useConsole();
  const profile = currentProfile(state);
  if (profile?.production !== true) return null;
  const { readOnly } = state;

  async function set(on: boolean): Promise<void> {
    const done = await bridge.setWritable(on);
    if (!done.ok) toasts.add(done.error.message, "bad");
  }

  return (
    <button
      type="button"
      className="co-badge"
      data-tone={readOnly ? "calm" : "warning"}
      onClick={() => void set(readOnly)}
    >
      <Icon name={readOnly ? "lock" : "unlock"} size={15} />
      <span className="co-badge-words">{readOnly ? "Read-only" : "Changes allowed"} </span>
      <span className="co-badge-act">{readOnly ? "Allow changes" : "Stop"}</span>
    </button>
  );
}
